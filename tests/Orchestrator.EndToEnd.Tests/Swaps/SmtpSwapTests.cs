using System.Text.Json.Nodes;
using Orchestrator.EndToEnd.Tests.Attaching;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Swaps;

/// <summary>Mail over SMTP instead of Communication Services, everything else as it was.</summary>
public sealed class SmtpSwapTests
{
    [OwnHeadFact("its settings name an SMTP server")]
    public async Task Smtp_CarriesOneMail_AsAReplyToTheCustomers()
    {
        const string MessageId = "<smtp-1@customer.example>";
        await using Scene scene = await Scene.StartAsync(SettingsAsync);
        _ = await scene.SellAsync("smtp@customer.example", "Sámi Smtp", 4200, "eur", "W-4101");
        string caseId = await scene.SendMailAsync("smtp@customer.example", "Order W-4101", "Please refund my order W-4101, it never arrived.", MessageId);
        await scene.ApproveAsync((await scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>());
        Assert.Equal("refunded", (await scene.WaitForEndAsync(caseId))["end"]!.GetValue<string>());

        JsonNode mail = Assert.Single(await scene.MailsToAsync("smtp@customer.example"));
        JsonNode message = mail["message"]!;
        Assert.Equal("smtp", mail["channel"]!.GetValue<string>());
        Assert.Equal("support@shop.example", message["senderAddress"]!.GetValue<string>());
        Assert.Equal(MessageId, message["headers"]!["In-Reply-To"]!.GetValue<string>());
        Assert.Equal("Your refund of EUR 42.00", message["content"]!["subject"]!.GetValue<string>());
        Assert.Contains("Sámi", message["content"]!["plainText"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(await scene.AuditAsync(caseId), record => record["entry"] is { } entry && entry["tool"]!.GetValue<string>() == "mail.send" && entry["keyName"]!.GetValue<string>() == "mail" && entry["keyVersion"]!.GetValue<string>() == "1");
    }

    private static Task<IReadOnlyDictionary<string, string>?> SettingsAsync(Scene scene)
    {
        JsonNode smtp = scene.Sandbox.Addresses["smtp"]!;
        scene.InboxKey = "an inbox key of our own";
        KeyFile keys = new KeyFile(Path.Combine(scene.Folder, "keys.json")).Add("inbox-signature", scene.InboxKey).Add("mail", smtp["password"]!.GetValue<string>());
        return Task.FromResult<IReadOnlyDictionary<string, string>?>(new Dictionary<string, string>
        {
            ["ORCHESTRATOR__Keys__File"] = keys.Path,
            ["ORCHESTRATOR__Mail__SmtpHost"] = smtp["host"]!.GetValue<string>(),
            ["ORCHESTRATOR__Mail__SmtpPort"] = smtp["port"]!.ToString(),
            ["ORCHESTRATOR__Mail__SmtpUser"] = smtp["userName"]!.GetValue<string>(),
            ["ORCHESTRATOR__Mail__SmtpSecurity"] = "none",
            ["ORCHESTRATOR__Mail__Sender"] = "support@shop.example",
        });
    }
}

using System.Text;
using Orchestrator.EndToEnd.Tests.Attaching;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Story;

/// <summary>What must not leak is looked for where it would leak to: the log, the history and the audit.</summary>
[Collection(StoryCollection.Name)]
public sealed class SecretsAndPersonalDataTests(StoryScene shared)
{
    private readonly Scene _scene = shared.Scene;

    [OwnHeadFact("its log and its files are read")]
    public async Task WholeCase_LeavesNoSecretAndNothingPersonalInLogHistoryOrAudit()
    {
        const string Email = "private.person@customer.example";
        await _scene.SellAsync(Email, "Priscilla Privatova", 4200, "eur", "W-9001");
        string caseId = await _scene.SendMailAsync(Email, "Zebrafish subject", "Please refund order W-9001, it never arrived. My secret word is quokkaquokka.");
        await _scene.ApproveAsync((await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>());
        await _scene.WaitForEndAsync(caseId);

        List<string> forbidden = [Email, "Privatova", "quokkaquokka", "Zebrafish"];
        foreach (string name in new[] { "stripe-read", "stripe-refund", "stripe-webhook", "mail", "inbox-signature" })
        {
            forbidden.Add(await VaultSecrets.GetAsync(_scene.Sandbox, name));
        }

        string audit = string.Concat((await _scene.AuditAsync(caseId)).Select(record => record.ToJsonString()));
        byte[] hub = [.. ReadAll("hub.db"), .. ReadAll("hub.db-wal")];
        foreach (string word in forbidden)
        {
            Assert.DoesNotContain(word, _scene.Head.Log, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(word, audit, StringComparison.OrdinalIgnoreCase);
            Assert.True(hub.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) < 0, $"'{word[..Math.Min(8, word.Length)]}…' is in the history.");
        }

        Assert.True(hub.AsSpan().IndexOf(Encoding.UTF8.GetBytes(caseId)) > 0, "The history was not looked at.");
    }

    private byte[] ReadAll(string name)
    {
        using FileStream open = new(Path.Combine(_scene.State, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[open.Length];
        open.ReadExactly(bytes);
        return bytes;
    }
}

using System.Text.Json.Nodes;
using Orchestrator.EndToEnd.Tests.Attaching;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Swaps;

/// <summary>Mails read by a model behind a gateway: what it is shown, and what happens when it says nothing of use.</summary>
public sealed class ModelGatewayTests
{
    private const string Email = "greta.garbola@customer.example";

    [OwnHeadFact("its settings name a model")]
    public async Task Gateway_ReadsRedactedWords_AndAPersonTakesTheCaseWhenItFails()
    {
        await using Scene scene = await Scene.StartAsync(SettingsAsync);
        SandboxProcess sandbox = scene.Sandbox;
        _ = await scene.SellAsync(Email, "Greta Garbola", 4200, "eur", "W-4301");
        await sandbox.PostAsync(sandbox.Models, "/_sandbox/models/replies", new JsonObject { ["match"] = "W-4301", ["reply"] = Answer("W-4301") });
        await sandbox.PostAsync(sandbox.Models, "/_sandbox/models/replies", new JsonObject { ["match"] = "W-4302", ["reply"] = "Sure, I have refunded it!" });

        // The rules would not see a request in this: that an approval is asked for is the model's doing.
        string text = $"Hello, Greta Garbola here. Concerning W-4301 I would like to see my funds on my side again. Reach me at {Email} or +49 171 2345678; card 4242 4242 4242 4242, IBAN DE89 3704 0044 0532 0130 00.";
        string read = await scene.SendMailAsync(Email, "Concerning W-4301", text, name: "Greta Garbola");
        string approvalId = (await scene.WaitForApprovalAsync(read))["approvalId"]!.GetValue<string>();
        string garbage = await scene.SendMailAsync(Email, "Concerning W-4302", "Please refund my order W-4302, it never arrived.", name: "Greta Garbola");
        Assert.Equal("handedOver", (await scene.WaitForEndAsync(garbage))["end"]!.GetValue<string>());
        string prompts = (await sandbox.GetAsync(sandbox.Models, "/_sandbox/models/requests")).ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

        await sandbox.FaultAsync(sandbox.Models, new JsonObject { ["kind"] = "status", ["status"] = 500, ["path"] = "/v1/chat/completions", ["times"] = 1000 });
        string down = await scene.SendMailAsync(Email, "Concerning W-4303", "Please refund my order W-4303, it never arrived.", name: "Greta Garbola");

        Assert.Contains("W-4301", prompts, StringComparison.Ordinal);
        foreach (string personal in new[] { Email, "Garbola", "Greta", "171 2345678", "4242 4242", "3704 0044" })
        {
            Assert.DoesNotContain(personal, prompts, StringComparison.OrdinalIgnoreCase);
        }

        JsonNode[] asked = [.. (await scene.AuditAsync(read)).Select(record => record["entry"]!).Where(entry => entry["modelRoute"] is not null)];
        Assert.Contains(asked, entry => entry["modelRoute"]!.GetValue<string>() == $"sandbox-reader@{sandbox.Models.Authority}" && entry["keyName"]!.GetValue<string>() == "model-gateway");
        await scene.ApproveAsync(approvalId);
        Assert.Equal("refunded", (await scene.WaitForEndAsync(read))["end"]!.GetValue<string>());

        JsonNode end = await scene.WaitForEndAsync(down);
        Assert.Equal("handedOver", end["end"]!.GetValue<string>());
        Assert.Contains("could not be read by the model", end["why"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEmpty(await scene.CardsOfAsync(down));
        Assert.NotEmpty(await scene.CardsOfAsync(garbage));
    }

    private static Task<IReadOnlyDictionary<string, string>?> SettingsAsync(Scene scene)
    {
        JsonNode gateway = scene.Sandbox.Addresses["models"]!;
        scene.InboxKey = "an inbox key of our own";
        KeyFile keys = new KeyFile(Path.Combine(scene.Folder, "keys.json")).Add("inbox-signature", scene.InboxKey).Add("model-gateway", gateway["key"]!.GetValue<string>());
        return Task.FromResult<IReadOnlyDictionary<string, string>?>(new Dictionary<string, string>
        {
            ["ORCHESTRATOR__Keys__File"] = keys.Path,
            ["ORCHESTRATOR__Model__Address"] = scene.Sandbox.Models.AbsoluteUri,
            ["ORCHESTRATOR__Model__Name"] = gateway["model"]!.GetValue<string>(),
        });
    }

    private static JsonObject Answer(string reference) => new()
    {
        ["is_refund_request"] = true,
        ["confidence"] = 0.95,
        ["instructs_the_reader"] = false,
        ["references"] = new JsonArray(reference),
        ["part_amount"] = null,
        ["part_currency"] = null,
        ["total_amount"] = null,
        ["total_currency"] = null,
        ["reason"] = "NotReceived",
    };
}

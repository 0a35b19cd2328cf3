using System.Text.Json.Nodes;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Agents.Tests.Stories;

/// <summary>The key file that the agent reads, and the person who turns its keys.</summary>
internal sealed class KeyFile(string path, Shop shop)
{
    private static readonly string[] Reads = ["rak_customer_read", "rak_charge_read", "rak_dispute_read", "rak_subscription_read"];

    private readonly JsonObject _keys = [];

    public string Path => path;

    public async Task FillAsync()
    {
        Add(KeyNames.StripeRead, await RestrictedAsync(Reads));
        Add(KeyNames.StripeRefund, await RestrictedAsync("rak_charge_write"));
        Add(KeyNames.Mail, shop.Addresses.Mail!.AccessKey);
        Add(KeyNames.Teams, shop.Addresses.Teams!.Webhook.AbsoluteUri);
        Write();
    }

    public void Enable(string name, bool enabled)
    {
        Newest(name)["enabled"] = enabled;
        Write();
    }

    /// <summary>Revokes the key that may refund, in Stripe's dashboard.</summary>
    public Task RevokeRefundKeyAsync() => shop.ControlAsync("keys/expire", new() { ["key"] = Newest(KeyNames.StripeRefund)["value"]!.GetValue<string>() });

    public async Task RotateRefundKeyAsync()
    {
        Add(KeyNames.StripeRefund, await RestrictedAsync("rak_charge_write"));
        Write();
    }

    private async Task<string> RestrictedAsync(params string[] permissions)
    {
        string key = "rk_test_" + Guid.NewGuid().ToString("N");
        await shop.ControlAsync("keys", new() { ["key"] = key, ["permissions"] = new JsonArray([.. permissions.Select(one => JsonValue.Create(one))]) });
        return key;
    }

    private JsonNode Newest(string name) => _keys[name]!.AsArray()[^1]!;

    private void Add(string name, string value)
    {
        JsonArray versions = _keys[name] as JsonArray ?? [];
        versions.Add(new JsonObject { ["version"] = $"{versions.Count + 1}", ["value"] = value });
        _keys[name] = versions;
    }

    private void Write()
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(path))
        {
            using var made = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        }

        File.WriteAllText(path, _keys.ToJsonString());
    }
}

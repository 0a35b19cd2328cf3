using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Keys;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Control;

internal static class KeyControls
{
    /// <summary><c>{"key", "permissions": ["rak_charge_read", …], "expires_at"?, "agent"?}</c></summary>
    public static JsonObject Register(Work work, JsonObject given)
    {
        string key = given.Text("key") ?? throw StripeRefusal.ParameterMissing("key");
        string[] permissions = [.. (given.Items("permissions") ?? []).Select(slug => slug!.GetValue<string>())];
        return Rendering.Of(ApiKeys.Register(work, key, permissions, given.Whole("expires_at"), given.Flag("agent")));
    }

    /// <summary><c>{"key", "in_seconds"?: 0}</c>: a rotation, at once or with an overlap.</summary>
    public static JsonObject Expire(Work work, JsonObject given)
    {
        string key = given.Text("key") ?? throw StripeRefusal.ParameterMissing("key");
        long at = work.Now + given.Amount("in_seconds");
        if (ApiKeys.Find(work.Account, key) is { } record)
        {
            record["expires_at"] = at;
            work.Put(record);
            return Rendering.Of(record);
        }

        IReadOnlyList<string> rights = SandboxKeys.Rights.TryGetValue(key, out var known) ? known : [];
        return Rendering.Of(ApiKeys.Register(work, key, rights, at, agent: false));
    }
}

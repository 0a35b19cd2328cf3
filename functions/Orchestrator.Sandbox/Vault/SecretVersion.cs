using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Json;

namespace Orchestrator.Sandbox.Vault;

/// <summary>One version of a secret, as it was last written. Times are Unix seconds, as on the wire.</summary>
internal sealed record SecretVersion(
    string Name, string Version, string Value, string? ContentType, JsonObject? Tags, bool Enabled, long? NotBefore, long? Expires, long Created, long Updated)
{
    /// <summary>Without the value, whatever a log or a debugger does with it.</summary>
    public override string ToString() => $"{Name}/{Version}";

    /// <summary>A <c>SecretBundle</c>, or, without the value, a <c>SecretItem</c>, which in a list of secrets is named without its version.</summary>
    public JsonObject Describe(string vault, bool withValue, bool withVersion)
    {
        var bundle = new JsonObject
        {
            ["id"] = $"{vault}/secrets/{Name}{(withVersion ? "/" + Version : "")}",
            ["attributes"] = Attributes(),
        };
        if (withValue)
        {
            bundle.Insert(0, "value", Value);
        }

        if (ContentType is not null)
        {
            bundle["contentType"] = ContentType;
        }

        if (Tags is not null)
        {
            bundle["tags"] = Tags.DeepClone();
        }

        return bundle;
    }

    public JsonObject ToFact() => new()
    {
        ["fact"] = "version",
        ["name"] = Name,
        ["version"] = Version,
        ["value"] = Value,
        ["contentType"] = ContentType,
        ["tags"] = Tags?.DeepClone(),
        ["attributes"] = Attributes(),
    };

    public static SecretVersion FromFact(JsonObject fact)
    {
        var attributes = fact.Child("attributes")!;
        return new SecretVersion(
            fact.Text("name")!,
            fact.Text("version")!,
            fact.Text("value")!,
            fact.Text("contentType"),
            fact.Child("tags"),
            attributes.Flag("enabled") ?? true,
            attributes.Whole("nbf"),
            attributes.Whole("exp"),
            attributes.Whole("created") ?? 0,
            attributes.Whole("updated") ?? 0);
    }

    private JsonObject Attributes()
    {
        var attributes = new JsonObject { ["enabled"] = Enabled };
        if (NotBefore is not null)
        {
            attributes["nbf"] = NotBefore;
        }

        if (Expires is not null)
        {
            attributes["exp"] = Expires;
        }

        attributes["created"] = Created;
        attributes["updated"] = Updated;
        attributes["recoveryLevel"] = "CustomizedRecoverable+Purgeable";
        attributes["recoverableDays"] = 7;
        return attributes;
    }
}

using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Tests.Stripe.Truth;

/// <summary>Operations and objects of API 2026-10-28 as Stripe's own SDK types them; test material beside the repository.</summary>
internal static class TruthFile
{
    private static readonly string Location = Path.Combine(Repository.StripeData, "sdk-truth.lean.json");

    public static bool AtHand => File.Exists(Location);

    public static JsonObject Operations => Root.Value["operations"]!.AsObject();

    public static JsonObject Objects => Root.Value["objects"]!.AsObject();

    private static Lazy<JsonObject> Root { get; } = new(() => JsonNode.Parse(File.ReadAllText(Location))!.AsObject());
}

internal sealed class TruthFactAttribute : FactAttribute
{
    public TruthFactAttribute() => Skip = TruthFile.AtHand ? null : "Not measured: the truth file is not at hand.";
}

internal sealed class TruthTheoryAttribute : TheoryAttribute
{
    public TruthTheoryAttribute() => Skip = TruthFile.AtHand ? null : "Not measured: the truth file is not at hand.";
}

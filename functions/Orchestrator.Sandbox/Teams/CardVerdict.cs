using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Json;

namespace Orchestrator.Sandbox.Teams;

/// <summary>What becomes of a message that the webhook accepted.</summary>
/// <param name="Outcome">
/// <c>shown</c>; <c>notDisplayed</c>: Teams puts "couldn't be displayed" in the card's place while the run succeeds;
/// <c>flowFailed</c>: the run fails after the webhook answered 202.
/// </param>
/// <param name="Problems">Why, and what else is wrong with it; empty for a card without fault.</param>
/// <param name="ExpandedBytes">The size that the limit is applied to.</param>
internal sealed record CardVerdict(string Outcome, IReadOnlyList<string> Problems, int ExpandedBytes)
{
    public const int LargestExpanded = 28_672;

    /// <summary>Around the card when the flow hands it to Teams: conversation, recipient, importance.</summary>
    private const int Envelope = 512;

    private static readonly string[] s_actions = ["Action.OpenUrl", "Action.ShowCard", "Action.ToggleVisibility"];

    public static CardVerdict Judge(JsonObject message)
    {
        if (message["attachments"] is not JsonArray attachments)
        {
            return Failed("Send_each_adaptive_card: the execution of template action failed: the result of the evaluation of 'foreach' expression is of type 'Null'; attachments is missing.", 0);
        }

        if (attachments.Count == 0)
        {
            return Failed("attachments is empty: the flow posts nothing.", 0);
        }

        List<CardVerdict> each = [.. attachments.Select(attachment => JudgeAttachment(attachment as JsonObject))];
        string outcome = each.Any(one => one.Outcome == "flowFailed") ? "flowFailed" : each.Any(one => one.Outcome == "notDisplayed") ? "notDisplayed" : "shown";
        return new CardVerdict(outcome, [.. each.SelectMany(one => one.Problems)], each.Max(one => one.ExpandedBytes));
    }

    /// <summary>The one fault that the webhook itself answers with 400.</summary>
    public static bool HasActionsInBody(JsonObject message) => message.Children("attachments")
        .Select(attachment => attachment.Child("content")?["body"])
        .OfType<JsonArray>()
        .Any(body => body.OfType<JsonObject>().Any(element => element.ContainsKey("actions") && element.Text("type") != "ActionSet"
            || element.Text("type")?.StartsWith("Action.", StringComparison.Ordinal) == true));

    private static CardVerdict JudgeAttachment(JsonObject? attachment)
    {
        if (attachment?.Text("contentType") != "application/vnd.microsoft.card.adaptive")
        {
            return Failed("contentType must be application/vnd.microsoft.card.adaptive.", 0);
        }

        if (attachment.Child("content") is not { } card || card.Text("type") != "AdaptiveCard")
        {
            return Failed("Property 'type' must be 'AdaptiveCard'.", 0);
        }

        int size = Expanded(card);
        if (size > LargestExpanded)
        {
            return Failed($"RequestEntityTooLarge: the message is {size} bytes when expanded, more than {LargestExpanded}.", size);
        }

        if (!Version.TryParse(card.Text("version"), out var version) || version > new Version(1, 4))
        {
            return new CardVerdict("notDisplayed", [$"Version {card.Text("version") ?? "(none)"}: the card couldn't be displayed; 1.4 is the newest that Workflows show."], size);
        }

        return new CardVerdict("shown", [.. ActionProblems(card)], size);
    }

    private static IEnumerable<string> ActionProblems(JsonNode? node) => node switch
    {
        JsonArray array => array.SelectMany(ActionProblems),
        JsonObject one => one.Select(member => member.Value).SelectMany(ActionProblems).Concat(
            one.Text("type") is { } type && type.StartsWith("Action.", StringComparison.Ordinal) && !s_actions.Contains(type)
                ? [$"{type} does nothing on a card posted by a webhook."]
                : []),
        _ => [],
    };

    /// <summary>The flow carries the card as text inside JSON, so every quotation mark and line break in it is escaped once more.</summary>
    private static int Expanded(JsonObject card) =>
        Encoding.UTF8.GetByteCount(JsonValue.Create(card.ToJsonString(s_relaxed)).ToJsonString(s_relaxed)) + Envelope;

    private static readonly System.Text.Json.JsonSerializerOptions s_relaxed =
        new(System.Text.Json.JsonSerializerOptions.Default) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CardVerdict Failed(string problem, int size) => new("flowFailed", [problem], size);
}

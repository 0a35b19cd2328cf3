using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Json;

namespace Orchestrator.Sandbox.Teams;

/// <summary>A message that the webhook took, as it was posted, and what became of it.</summary>
internal sealed record ReceivedCard(string Id, DateTimeOffset ReceivedAt, CardVerdict Verdict, int Bytes, JsonObject Message)
{
    public IEnumerable<JsonObject> Cards => Message.Children("attachments").Select(attachment => attachment.Child("content")).OfType<JsonObject>();

    public JsonObject Describe() => new()
    {
        ["id"] = Id,
        ["receivedAt"] = ReceivedAt,
        ["outcome"] = Verdict.Outcome,
        ["problems"] = new JsonArray([.. Verdict.Problems]),
        ["bytes"] = Bytes,
        ["expandedBytes"] = Verdict.ExpandedBytes,
        ["message"] = Message.DeepClone(),
    };

    public static ReceivedCard FromFact(JsonObject fact) => new(
        fact.Text("id")!,
        fact.Time("receivedAt")!.Value,
        new CardVerdict(fact.Text("outcome")!, [.. fact["problems"]!.AsArray().Select(one => one.Text()!)], (int)fact.Whole("expandedBytes")!.Value),
        (int)fact.Whole("bytes")!.Value,
        fact.Child("message")!);
}

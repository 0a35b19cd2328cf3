using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Agents.Understanding;

namespace Orchestrator.Connectors.Models;

/// <summary>The model's answer, taken only when it has exactly the shape that was asked for.</summary>
internal sealed record ModelAnswer(
    [property: JsonRequired] bool IsRefundRequest,
    [property: JsonRequired] double Confidence,
    [property: JsonRequired] bool InstructsTheReader,
    [property: JsonRequired] IReadOnlyList<string> References,
    [property: JsonRequired] string? PartAmount,
    [property: JsonRequired] string? PartCurrency,
    [property: JsonRequired] string? TotalAmount,
    [property: JsonRequired] string? TotalCurrency,
    [property: JsonRequired] RefundReason Reason)
{
    private const int MostReferences = 20;

    /// <summary>Null for anything else than the shape.</summary>
    public static ModelAnswer? Parse(string json)
    {
        try
        {
            ModelAnswer? answer = JsonSerializer.Deserialize(json, ModelJson.Default.ModelAnswer);
            return answer is { Confidence: >= 0 and <= 1, References: { Count: <= MostReferences } references } && references.All(reference => reference is not null) && Enum.IsDefined(answer.Reason)
                ? answer
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ModelAnswer))]
internal sealed partial class ModelJson : JsonSerializerContext;

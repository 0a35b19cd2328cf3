using System.Text.Json.Serialization;

namespace Orchestrator.Engine.Integrity;

/// <summary>Payload of the row that records that a person accepted damage.</summary>
/// <param name="Finding">In the words of the report then.</param>
/// <param name="Damage">What was found, so that later damage is not taken for accepted.</param>
/// <param name="IsWhole">False when there was too much to list: everything before this row is accepted as it is.</param>
/// <param name="Instances">Keys of the instances that were ended because what is left of them is damaged.</param>
internal sealed record AcceptanceNote(string Who, string Reason, string Finding, IReadOnlyList<AcceptedItem> Damage, bool IsWhole, IReadOnlyList<long> Instances)
{
    public bool Covers(Damage damage, long position) => damage.Kind == DamageKind.Instance
        ? Instances.Contains(damage.Instance)
        : damage.To < position && (!IsWhole || Damage.Any(item => item == new AcceptedItem(damage.Kind, damage.From, damage.To, damage.Seal)));
}

internal sealed record AcceptedItem(DamageKind Kind, long From, long To, string Seal);

/// <summary>Payload of the row that records that a backup was put in place.</summary>
/// <param name="Row">Last row of the backup.</param>
/// <param name="Replaced">Last row of what was there; null when that could not be read.</param>
internal sealed record RestoreNote(string Who, string Reason, string Backup, long Row, long? Replaced);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AcceptanceNote))]
[JsonSerializable(typeof(RestoreNote))]
internal sealed partial class IntegrityJson : JsonSerializerContext;

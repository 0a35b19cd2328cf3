namespace Orchestrator.Sandbox.Stripe.Wire;

internal enum ParameterKind
{
    Text,
    Integer,
    Decimal,
    Boolean,
    Choice,
    Range,
    Array,
    Map,
    Hash,
    Any,
}

/// <summary>
/// What a parameter may be. <c>Unsettable</c>: an empty value is allowed and unsets the field. <c>Element</c>: of an array
/// or map. <c>Choices</c>: of a choice; <c>int</c> among them stands for any whole number. <c>Fields</c>: of a hash.
/// </summary>
internal sealed record ParameterType(
    ParameterKind Kind,
    bool Unsettable = false,
    ParameterType? Element = null,
    IReadOnlyList<string>? Choices = null,
    IReadOnlyList<Parameter>? Fields = null);

internal sealed record Parameter(string Name, bool Required, ParameterType Type);

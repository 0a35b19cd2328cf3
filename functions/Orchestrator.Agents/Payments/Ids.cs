using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Agents.Payments;

/// <summary>An id that is text on the wire and a type of its own in code.</summary>
public interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    string Value { get; }

    static abstract TSelf From(string value);
}

[JsonConverter(typeof(IdJsonConverter<ChargeId>))]
public readonly record struct ChargeId(string Value) : IId<ChargeId>
{
    public static ChargeId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdJsonConverter<CustomerId>))]
public readonly record struct CustomerId(string Value) : IId<CustomerId>
{
    public static CustomerId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdJsonConverter<RefundId>))]
public readonly record struct RefundId(string Value) : IId<RefundId>
{
    public static RefundId From(string value) => new(value);

    public override string ToString() => Value;
}

[SuppressMessage("Performance", "CA1812", Justification = "Created by the attribute.")]
internal sealed class IdJsonConverter<T> : JsonConverter<T>
    where T : struct, IId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.From(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Tests.Stripe.Truth;

/// <summary>Operations, parameters, what is required and the choices: the sandbox's table against Stripe's own types.</summary>
public sealed class OperationTests
{
    [TruthFact]
    public void Operations_OfStripesTypes_AreAllAnswered()
    {
        HashSet<string> answered = [.. StripeStandIn.Operations.Operations.Select(operation => operation.Name)];

        string[] missing = [.. TruthFile.Operations.Select(entry => entry.Value!["http"]!.ToString()).Where(name => !answered.Contains(name))];

        Assert.Empty(missing);
    }

    [Fact]
    public void Operations_Answered_AllHaveAParameterTable()
    {
        Assert.All(StripeStandIn.Operations.Operations, operation => Assert.Contains(operation.Name, ParameterTable.Instance.Operations.Keys));
    }

    [TruthTheory]
    [MemberData(nameof(Names))]
    public void Parameters_OfOperation_AreStripes(string name)
    {
        JsonObject operation = TruthFile.Operations.Select(entry => entry.Value!.AsObject()).First(entry => entry["http"]!.ToString() == name);

        List<string> differences = [];
        Compare(operation["params"]!.AsObject(), ParameterTable.Instance.Operations[name], "", differences);

        Assert.Empty(differences);
    }

    public static TheoryData<string> Names() => TruthFile.AtHand
        ? [.. TruthFile.Operations.Select(entry => entry.Value!["http"]!.ToString()).Distinct()]
        : ["none"];

    private static void Compare(JsonObject truth, IReadOnlyList<Parameter> ours, string prefix, List<string> differences)
    {
        Dictionary<string, (bool Required, JsonNode Type)> wanted = truth
            .Where(entry => entry.Key is not ("nullable" or "open"))
            .ToDictionary(entry => entry.Key.TrimEnd('?'), entry => (!entry.Key.EndsWith('?'), entry.Value!));
        differences.AddRange(wanted.Keys.Except(ours.Select(parameter => parameter.Name)).Select(name => $"{prefix}{name} is missing"));
        foreach (Parameter parameter in ours)
        {
            string path = prefix + parameter.Name;
            if (!wanted.TryGetValue(parameter.Name, out var entry))
            {
                differences.Add($"{path} is not Stripe's");
                continue;
            }

            if (entry.Required != parameter.Required)
            {
                differences.Add($"{path} is {(entry.Required ? "required" : "optional")} with Stripe");
            }

            CompareType(entry.Type, parameter.Type, path, differences);
        }
    }

    private static void CompareType(JsonNode truth, ParameterType ours, string path, List<string> differences)
    {
        if (truth is JsonValue leaf)
        {
            string type = leaf.GetValue<string>();
            bool fits = type.Split('|')[0] switch
            {
                "string" => ours.Kind is ParameterKind.Text,
                "number" => ours.Kind is ParameterKind.Integer or ParameterKind.Decimal,
                "boolean" => ours.Kind is ParameterKind.Boolean,
                _ => true,
            };
            Say(fits, $"{path} is {ours.Kind}, not {type}", differences);
            return;
        }

        JsonObject spec = truth.AsObject();
        if (spec["anyOf"] is JsonArray choices)
        {
            Choices(choices, ours, path, differences);
        }
        else if (spec["enum"] is JsonArray members)
        {
            string[] named = [.. members.Select(member => member!.ToString()).Where(member => member.Length > 0)];
            Say(named.Length == 0 || named.ToHashSet().SetEquals(ours.Choices ?? []), $"{path} has other choices", differences);
            Say(ours.Unsettable || members.Count == named.Length, $"{path} can be unset with Stripe", differences);
        }
        else if (spec["array"] is { } element)
        {
            Say(ours.Kind is ParameterKind.Array, $"{path} is no array", differences);
            CompareType(element, ours.Element!, $"{path}[]", differences);
        }
        else if (spec["[key]"] is not null)
        {
            Say(ours.Kind is ParameterKind.Map, $"{path} is no map", differences);
        }
        else if (ours.Kind is ParameterKind.Hash && !spec.ContainsKey("const") && !(spec["type"] is JsonValue))
        {
            Compare(spec, ours.Fields!, $"{path}.", differences);
        }
    }

    private static void Choices(JsonArray choices, ParameterType ours, string path, List<string> differences)
    {
        JsonNode[] real = [.. choices.Where(choice => choice is not JsonObject { } json || json["enum"] is not JsonArray { Count: 1 } only || only[0]!.ToString().Length > 0).Select(choice => choice!)];
        Say(real.Length == choices.Count || ours.Unsettable, $"{path} can be unset with Stripe", differences);
        if (real.Length == 1)
        {
            CompareType(real[0], ours, path, differences);
        }
    }

    private static void Say(bool right, string difference, List<string> differences)
    {
        if (!right)
        {
            differences.Add(difference);
        }
    }
}

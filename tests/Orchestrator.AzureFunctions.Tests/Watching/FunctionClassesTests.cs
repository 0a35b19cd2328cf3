using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Agents.Durability;
using Orchestrator.AzureFunctions.Web;

namespace Orchestrator.AzureFunctions.Tests.Watching;

/// <summary>The worker makes a function's class before the function's bindings are there.</summary>
public sealed class FunctionClassesTests
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public static TheoryData<Type> Classes =>
        new(typeof(WebFunction).Assembly.GetTypes().Where(type => type.GetMethods(Any).Any(method => method.GetCustomAttribute<FunctionAttribute>() is not null)));

    [Theory]
    [MemberData(nameof(Classes))]
    public void Class_IsMadeWithoutTheDurableClientOfItsInvocation(Type functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        Assert.DoesNotContain(typeof(IOrchestrationClient), Needed(functions, []));
    }

    /// <summary>The types that are made with it, however deep.</summary>
    private static HashSet<Type> Needed(Type type, HashSet<Type> known)
    {
        foreach (Type parameter in type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).SelectMany(made => made.GetParameters()).Select(parameter => parameter.ParameterType))
        {
            if (known.Add(parameter) && parameter.Namespace?.StartsWith("Orchestrator", StringComparison.Ordinal) == true)
            {
                Needed(parameter, known);
            }
        }

        return known;
    }
}

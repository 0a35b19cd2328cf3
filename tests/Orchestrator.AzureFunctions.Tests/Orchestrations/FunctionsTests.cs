using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Agents;
using Orchestrator.AzureFunctions.Orchestrations;

namespace Orchestrator.AzureFunctions.Tests.Orchestrations;

/// <summary>What the host is told that there is.</summary>
public sealed class FunctionsTests
{
    [Fact]
    public void EveryOrchestrator_HasItsFunction_AndNoOtherHas() =>
        Assert.Equal(AgentTasks.Register().Orchestrators.Keys.Order(), FunctionsWith<OrchestrationTriggerAttribute>());

    [Fact]
    public void EveryActivity_HasItsFunction_AndNoOtherHas() =>
        Assert.Equal(AgentTasks.Register().Activities.Keys.Order(), FunctionsWith<ActivityTriggerAttribute>());

    [Fact]
    public void WhatStartsOrTells_IsHandedTheDurableClient() =>
        Assert.Equal(["CatchUp", "VerifyAudit", "WatchCases", "Web"], FunctionsWith<DurableClientAttribute>());

    [Fact]
    public void OneFunction_AnswersTheWeb() => Assert.Equal(["Web"], FunctionsWith<HttpTriggerAttribute>());

    private static string[] FunctionsWith<TBinding>()
        where TBinding : Attribute =>
    [
        .. typeof(TaskRunner).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetParameters().Any(parameter => parameter.GetCustomAttribute<TBinding>() is not null))
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name)
            .Order(),
    ];
}

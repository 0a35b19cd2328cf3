using Orchestrator.Connectors.Tests.Records.Tables;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Orchestrator.Connectors.Tests.Records.Contracts;

/// <summary>A fact that is skipped in the classes that need Azurite where it is not installed. The same inherited fact runs on the other stores.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Orchestrator.Connectors.Tests.Records.Contracts.RecordsFactDiscoverer", "Orchestrator.Connectors.Tests")]
public sealed class RecordsFactAttribute : FactAttribute;

/// <summary>A class whose facts run against Azurite.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAzuriteAttribute : Attribute;

public sealed class RecordsFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        new RecordsTestCase(DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod);
}

public sealed class RecordsTestCase : XunitTestCase
{
    [Obsolete("For xunit alone, which makes it before it reads it.")]
    public RecordsTestCase()
    {
    }

    public RecordsTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(diagnostics, display, options, method)
    {
    }

    protected override string? GetSkipReason(IAttributeInfo factAttribute) =>
        TestMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsAzuriteAttribute)).Any() ? Azurite.WhyNot : base.GetSkipReason(factAttribute);
}

using System.Xml.Linq;

namespace Orchestrator.Local.Tests.Architecture;

/// <summary>References run one way: Agents, then Engine, Connectors and Operations, then the heads; the sandbox knows nobody.</summary>
public sealed class ReferenceGraphTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Orchestrator.Agents"] = [],
        ["Orchestrator.Engine"] = ["Orchestrator.Agents"],
        ["Orchestrator.Connectors"] = ["Orchestrator.Agents"],
        ["Orchestrator.Operations"] = ["Orchestrator.Agents"],
        ["Orchestrator.Sandbox"] = [],
        ["Orchestrator.Local"] = ["Orchestrator.Agents", "Orchestrator.Engine", "Orchestrator.Connectors", "Orchestrator.Operations", "Orchestrator.Sandbox"],
        ["Orchestrator.AzureFunctions"] = ["Orchestrator.Agents", "Orchestrator.Connectors", "Orchestrator.Operations"],
    };

    /// <summary>A folder each; what a build puts below them is nobody's project.</summary>
    public static TheoryData<string> Projects => [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "functions")).SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj")).Select(path => Path.GetFileNameWithoutExtension(path)!)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_ReferencesOnlyWhatIsBelowIt(string project)
    {
        string[] references = [.. Elements(project, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')))];

        Assert.True(Allowed.ContainsKey(project), $"{project} is not in the house's plan.");
        Assert.Empty(references.Except(Allowed[project]));
    }

    [Fact]
    public void Agents_NeedsNothingButLoggingAbstractionsAndTheWorldsDiallingPlans() =>
        Assert.Equal(["libphonenumber-csharp", "Microsoft.Extensions.Logging.Abstractions"], Elements("Orchestrator.Agents", "PackageReference"));

    [Theory]
    [MemberData(nameof(Projects))]
    public void VendorsThatOnlyTheAzureHeadMayKnow_AreReferencedNowhereElse(string project)
    {
        string[] vendors = ["Microsoft.DurableTask", "Microsoft.Azure.Functions", "Stripe.net", "Azure.Communication"];

        Assert.True(
            project == "Orchestrator.AzureFunctions" || !Elements(project, "PackageReference").Any(package => vendors.Any(vendor => package.StartsWith(vendor, StringComparison.OrdinalIgnoreCase))),
            $"{project} references a package that only the Azure head may.");
    }

    /// <summary>
    /// A branch on a business fact has to name the fact or its type. What the head names of the business is what it registers and hands on; that its compiled code reads no more
    /// is asserted in its own tests, where its packages restore.
    /// </summary>
    [Fact]
    public void AzureHead_NamesNoBusinessFact()
    {
        string head = Path.Combine(Repository.Root, "functions", "Orchestrator.AzureFunctions");
        string[] facts = ["Decision", "Approved", "Denied", "Verdict", "Outcome", "Reading.", "Eligib", "CaseStatus", "CasePhase", "CaseEnd", "ChargeFacts", "CustomerHistory", "Proposal", "Vote", "RefundPolicy."];

        var named = Directory.EnumerateFiles(head, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains(Path.DirectorySeparatorChar + "obj" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .SelectMany(path => File.ReadLines(path).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)).Select(line => (File: Path.GetFileName(path), Line: line)))
            .Where(one => facts.Any(fact => one.Line.Contains(fact, StringComparison.Ordinal)));

        Assert.DoesNotContain(named, one => one.File != "ActivityFunctions.cs" && !one.Line.Contains("OutcomeUnknown", StringComparison.Ordinal));
    }

    [Fact]
    public void BannedSymbols_AreErrorsInOrchestratorFiles()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, ".editorconfig"));
        int section = Array.IndexOf(lines, "[*.orchestrator.cs]");

        Assert.True(section >= 0);
        Assert.Contains("dotnet_diagnostic.RS0030.severity = error", lines.Skip(section + 1).TakeWhile(line => !line.StartsWith('[')));
    }

    private static string[] Elements(string project, string name) =>
    [
        .. XDocument.Load(Path.Combine(Repository.Root, "functions", project, project + ".csproj"))
            .Descendants(name).Select(element => element.Attribute("Include")!.Value),
    ];
}

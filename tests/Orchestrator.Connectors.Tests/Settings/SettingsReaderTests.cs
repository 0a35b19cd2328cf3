using System.Collections;
using Orchestrator.Connectors.Settings;
using static Orchestrator.Connectors.Tests.Settings.OtherHead;

namespace Orchestrator.Connectors.Tests.Settings;

public sealed class SettingsReaderTests
{
    [Theory]
    [InlineData("""{ "Webb": { "PublicAddress": "https://r.example.com" } }""", "Webb is no section; there are Web, SignIn, Roles, Stripe, Keys, Mail, Teams, Model, Mailbox, Policy, Sandbox.")]
    [InlineData("""{ "Sandbox": { "Sead": "on" } }""", "Sandbox.Sead is no setting; Sandbox has AddressFile, Seed, CardsPerSecond")]
    public void Misspelt_IsToldWhatThereIs(string json, string sentence) => Assert.StartsWith(sentence, Assert.Single(Faults(json)), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ }""", null)]
    [InlineData("""{ "Roles": { } }""", null)]
    [InlineData("""{ "Roles": { "Viewer": [] } }""", "")]
    [InlineData("""{ "Roles": { "Viewer": "" } }""", "")]
    [InlineData("""{ "Roles": { "Viewer": ["support", "finance"] } }""", "support+finance")]
    [InlineData("""{ "Roles": { "Viewer": " support , finance " } }""", "support+finance")]
    public void Roles_AnEmptyListNamesNobodyAndAMissingOneLeavesItOpen(string json, string? expected)
    {
        IReadOnlyList<string>? viewers = Read(json).Roles.Viewer;
        Assert.Equal(expected, viewers is null ? null : string.Join('+', viewers));
    }

    [Theory]
    [InlineData("""{ "TaskHub": { } }""", "TaskHub is the embedded engine's; here host.json says it.")]
    [InlineData("""{ "taskhub": { "RetentionDays": 30 } }""", "TaskHub is the embedded engine's; here host.json says it.")]
    [InlineData("""{ "Web": { "Port": 7300 } }""", "Web.Port is for a head that listens by itself; here the platform does (from ")]
    [InlineData("""{ "Web": { "Listen": "" } }""", "Web.Listen is for a head that listens by itself; here the platform does (from ")]
    public void WhatAnotherHeadKnows_IsRefusedInOneSentence(string json, string sentence) => Assert.StartsWith(sentence, Assert.Single(Faults(json)), StringComparison.Ordinal);

    [Fact]
    public void WhatAnotherHeadKnows_IsNotOffered() =>
        Assert.StartsWith("Web.Prot is no setting; Web has PublicAddress (from", Assert.Single(Faults("""{ "Web": { "Prot": 7300 } }""")), StringComparison.Ordinal);

    [Fact]
    public void SeveralFaults_AreToldAtOnce() =>
        Assert.Equal(4, Faults("""{ "TaskHub": { }, "Web": { "Port": 0 }, "Teams": { "Webhook": "maybe" }, "Stripe": { "Mode": "test" } }""").Count);

    [Fact]
    public void Environment_OverridesTheFile()
    {
        SharedSettings settings = Read("""{ "Sandbox": { "CardsPerSecond": 5 } }""", new()
        {
            ["ORCHESTRATOR__Sandbox__CardsPerSecond"] = "9",
            ["ORCHESTRATOR__SIGNIN__KIND"] = "proxy",
            ["ORCHESTRATOR__SignIn__ProxyAddresses"] = "10.0.0.5, 10.0.0.6",
            ["ORCHESTRATOR__SignIn__UserHeader"] = "X-Forwarded-Email",
        });

        Assert.Equal(9, settings.Sandbox.CardsPerSecond);
        Assert.Equal(["10.0.0.5", "10.0.0.6"], settings.SignIn.ProxyAddresses);
    }

    [Fact]
    public void EnvironmentAlone_IsEnough()
    {
        SharedSettings settings = Read(SettingsReader.Open(null, mustExist: false, new Hashtable { ["ORCHESTRATOR__SignIn__Kind"] = "appService", ["ORCHESTRATOR__Policy__File"] = "policy.yaml" }));

        Assert.Equal(SignInKind.AppService, settings.SignIn.Kind);
        Assert.Equal(Path.GetFullPath("policy.yaml"), settings.Policy.File);
    }

    [Fact]
    public void EnvironmentFault_NamesTheVariable() =>
        Assert.Contains("ORCHESTRATOR__Sandbox__CardsPerSecond", Assert.Single(Faults("{}", new() { ["ORCHESTRATOR__Sandbox__CardsPerSecond"] = "x" })), StringComparison.Ordinal);

    [Fact]
    public void AzureFunctionsOwnParts_AreLeftToIt() =>
        Assert.Empty(Faults("""{ "IsEncrypted": false, "Values": { "AzureWebJobsStorage": "UseDevelopmentStorage=true" } }"""));

    [Fact]
    public void Path_BeginsAtTheSettingsFile()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(folder.File("keys.json"), Read("""{ "Keys": { "File": "keys.json" } }""", folder: folder).Keys!.File);
    }

    [Fact]
    public void BrokenFile_NamesItsLine()
    {
        SettingsException wrong = Assert.Throws<SettingsException>(() => Read("{\n  // a comment\n  \"Web\": { \"Port\" 1 }\n}"));

        Assert.Contains("line 3", wrong.Message, StringComparison.Ordinal);
    }
}

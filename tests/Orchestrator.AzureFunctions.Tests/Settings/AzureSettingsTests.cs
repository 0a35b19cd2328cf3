using System.Collections;
using Orchestrator.Connectors.Settings;

namespace Orchestrator.AzureFunctions.Tests.Settings;

public sealed class AzureSettingsTests
{
    private static readonly (string Name, string Value)[] Local = [("AzureWebJobsStorage", "UseDevelopmentStorage=true")];

    private static readonly (string Name, string Value)[] Azure =
    [
        ("WEBSITE_SITE_NAME", "refunds"), ("WEBSITE_HOSTNAME", "refunds.azurewebsites.net"), ("WEBSITE_AUTH_ENABLED", "True"), ("AzureWebJobsStorage__accountName", "refunds"),
        ("ORCHESTRATOR__SignIn__Kind", "appService"), ("ORCHESTRATOR__Stripe__Mode", "live"), ("ORCHESTRATOR__Keys__VaultAddress", "https://refunds.vault.azure.net"),
        ("ORCHESTRATOR__Mail__Endpoint", "https://refunds.communication.azure.com"), ("ORCHESTRATOR__Mail__Sender", "support@shop.example"),
        ("ORCHESTRATOR__Teams__Webhook", "on"), ("ORCHESTRATOR__Mailbox__Use", "off"),
    ];

    [Fact]
    public void Settings_OfAMachineOfOnesOwn_NeedNothingButStorage()
    {
        AzureSettings settings = Read(Local);

        Assert.True(settings.HasDevelopmentSignIn);
        Assert.False(settings.InAzure);
        Assert.Equal(new Uri("http://localhost:7071/"), settings.PublicAddress);
        Assert.True(settings.Shared.UsesSandbox);
    }

    [Fact]
    public void Settings_InAzure_TakeTheAddressThatThePlatformGave()
    {
        AzureSettings settings = Read(Azure);

        Assert.False(settings.HasDevelopmentSignIn);
        Assert.True(settings.InAzure);
        Assert.Equal(new Uri("https://refunds.azurewebsites.net/"), settings.PublicAddress);
    }

    [Theory]
    [InlineData("WEBSITE_AUTH_ENABLED", "False", "SignIn.Kind is appService, but App Service Authentication is off")]
    [InlineData("WEBSITE_AUTH_ENABLED", null, "SignIn.Kind is appService, but App Service Authentication is off")]
    [InlineData("ORCHESTRATOR__SignIn__Kind", "development", "SignIn.Kind is development, which proves nobody's identity")]
    [InlineData("ORCHESTRATOR__Keys__VaultAddress", null, "Stripe is real, so its key must come from your own vault")]
    [InlineData("ORCHESTRATOR__Mail__SmtpHost", "smtp.shop.example", "Mail")]
    [InlineData("ORCHESTRATOR__TaskHub__RetentionDays", "30", "TaskHub is the embedded engine's")]
    [InlineData("ORCHESTRATOR__Web__Port", "80", "Web.Port is no setting")]
    [InlineData("ORCHESTRATOR__Web__PublicAddress", "http://refunds.shop.example", "Web.PublicAddress must begin with https://")]
    [InlineData("ORCHESTRATOR__Stripe__Mode", "real", "Stripe.Mode is 'real'; it is one of test, live")]
    [InlineData("ORCHESTRATOR__Policies__File", "x", "Policies is no section")]
    [InlineData("AzureWebJobsStorage__accountName", null, "AzureWebJobsStorage is not set")]
    public void Settings_InAzureWithOneWrong_AreRefusedWithASentenceOfIt(string name, string? value, string sentence)
    {
        (string, string)[] wrong = [.. Azure.Where(one => one.Name != name), .. value is null ? Array.Empty<(string, string)>() : [(name, value)]];

        string[] said = Assert.Throws<SettingsException>(() => Read(wrong)).Message.Split(Environment.NewLine);

        Assert.Contains(said, one => one.StartsWith(sentence, StringComparison.Ordinal));
        Assert.All(said, one => Assert.EndsWith(".", one.Split(" (from ")[0].TrimEnd('.') + ".", StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_InAzureWithoutASection_AreRefusedForThereIsNoSandbox() =>
        Assert.Contains("there is no sandbox in Azure", Assert.Throws<SettingsException>(() => Read([.. Azure.Where(one => !one.Name.StartsWith("ORCHESTRATOR__Teams", StringComparison.Ordinal))])).Message, StringComparison.Ordinal);

    [Fact]
    public void DevelopmentSignIn_ForPeopleElsewhere_IsRefused() =>
        Assert.Contains("it serves on loopback only", Assert.Throws<SettingsException>(() => Read([.. Local, ("ORCHESTRATOR__Web__PublicAddress", "https://refunds.shop.example")])).Message, StringComparison.Ordinal);

    private static AzureSettings Read(params (string Name, string Value)[] variables)
    {
        Hashtable environment = [];
        foreach ((string name, string value) in variables)
        {
            environment[name] = value;
        }

        return AzureSettings.Read(environment);
    }
}

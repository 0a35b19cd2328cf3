using System.Text.Json.Nodes;

namespace Orchestrator.Infra.Tests.Compiled;

/// <summary>What the README promises of the template, seen in the template itself.</summary>
public sealed class PromisesTests
{
    [BicepFact]
    public async Task Storage_TakesNoSharedKey()
    {
        JsonNode storage = await Template.PropertiesAsync("Microsoft.Storage/storageAccounts");

        Assert.False((bool)storage["allowSharedKeyAccess"]!);
        Assert.False((bool)storage["allowBlobPublicAccess"]!);
        Assert.Equal("TLS1_2", (string?)storage["minimumTlsVersion"]);
    }

    [BicepFact]
    public async Task Vault_KnowsRolesOnlyAndForgetsNothing()
    {
        JsonNode vault = await Template.PropertiesAsync("Microsoft.KeyVault/vaults");

        Assert.True((bool)vault["enableRbacAuthorization"]!);
        Assert.True((bool)vault["enableSoftDelete"]!);
        Assert.True((bool)vault["enablePurgeProtection"]!);
        Assert.Null(vault["accessPolicies"]);
    }

    [BicepFact]
    public async Task Secrets_ThatNobodySet_AreDisabled()
    {
        JsonObject secrets = (await Template.ResourcesAsync("Microsoft.KeyVault/vaults/secrets")).Single(one => one["copy"] is not null);

        Assert.False((bool)secrets["properties"]!["attributes"]!["enabled"]!);
        Assert.Equal("[parameters('unknown')]", (string?)secrets["properties"]!["value"]);
    }

    [BicepFact]
    public async Task Secrets_AreMadeOnceAndNeverWrittenOver() =>
        Assert.All(await Template.ResourcesAsync("Microsoft.KeyVault/vaults/secrets"), secret => Assert.NotNull(secret["@options"]!["onlyIfNotExists"]));

    [BicepFact]
    public async Task App_IsReachedByTlsAloneAndDeployedToWithoutAPassword()
    {
        JsonNode site = await Template.PropertiesAsync("Microsoft.Web/sites");
        IReadOnlyList<JsonObject> passwords = await Template.ResourcesAsync("Microsoft.Web/sites/basicPublishingCredentialsPolicies");

        Assert.True((bool)site["httpsOnly"]!);
        Assert.Equal("1.2", (string?)site["siteConfig"]!["minTlsVersion"]);
        Assert.Equal("Disabled", (string?)site["siteConfig"]!["ftpsState"]);
        Assert.Equal("SystemAssignedIdentity", (string?)site["functionAppConfig"]!["deployment"]!["storage"]!["authentication"]!["type"]);
        Assert.Equal(2, passwords.Count);
        Assert.All(passwords, policy => Assert.False((bool)policy["properties"]!["allow"]!));
    }

    [BicepFact]
    public async Task SignIn_IsAskedOfAllButThoseWhoProveThemselvesOtherwise()
    {
        JsonNode validation = (await Template.PropertiesAsync("Microsoft.Web/sites/config", "authsettingsV2"))["globalValidation"]!;

        Assert.True((bool)validation["requireAuthentication"]!);
        Assert.Equal("RedirectToLoginPage", (string?)validation["unauthenticatedClientAction"]);
        Assert.Equal(["/health", "/inbox/*", "/webhooks/*"], validation["excludedPaths"]!.AsArray().Select(path => (string?)path));
    }

    [BicepFact]
    public async Task Telemetry_TakesNoKey()
    {
        Assert.True((bool)(await Template.PropertiesAsync("Microsoft.Insights/components"))["DisableLocalAuth"]!);
        Assert.True((bool)(await Template.PropertiesAsync("Microsoft.OperationalInsights/workspaces"))["features"]!["disableLocalAuth"]!);
    }

    [BicepFact]
    public async Task Alerts_CallPeople()
    {
        IReadOnlyList<JsonObject> rules = await Template.ResourcesAsync("Microsoft.Insights/scheduledQueryRules");

        Assert.Equal(2, rules.Count);
        Assert.All(rules, rule => Assert.Single(rule["properties"]!["actions"]!["actionGroups"]!.AsArray()));
    }
}

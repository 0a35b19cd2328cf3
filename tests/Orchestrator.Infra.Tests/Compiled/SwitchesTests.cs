namespace Orchestrator.Infra.Tests.Compiled;

public sealed class SwitchesTests
{
    private const string SignIn = "SIGN_IN_CLIENT_ID=22222222-2222-2222-2222-222222222222";

    [BicepFact]
    public async Task Deployment_WithoutASignIn_IsRefused()
    {
        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Prediction.OfAsync());

        Assert.Contains("Set SIGN_IN_CLIENT_ID", refusal.Message, StringComparison.Ordinal);
    }

    [BicepFact]
    public async Task Defaults_GrantWhatIsSetUpAndNoMore()
    {
        Prediction made = await Prediction.OfAsync(SignIn);

        Assert.Equal(["inbox-signature", "mail", "stripe-read", "stripe-refund", "stripe-webhook", "teams-webhook"], made.ReadableSecrets.Order());
        Assert.Equal("test", (string?)made.AppSettings["ORCHESTRATOR__Stripe__Mode"]);
        Assert.Equal("Enabled", (string?)made["Microsoft.Storage/storageAccounts"]["publicNetworkAccess"]);
        Assert.DoesNotContain("Microsoft.Network/virtualNetworks", made.Types);
        Assert.DoesNotContain("Microsoft.DurableTask/schedulers", made.Types);
    }

    [BicepFact]
    public async Task EverySwitch_On_ClosesStorageAndVaultAndReadsEverySecret()
    {
        Prediction made = await Prediction.OfAsync(
            SignIn, "PRIVATE_ENDPOINTS=true", "OPERATOR_ADDRESSES=203.0.113.7", "PUBLIC_WEB=false", "FIXED_OUTBOUND_ADDRESS=true", "DURABLE_TASK_SCHEDULER=true", "ALWAYS_READY=1", "ALERT_MAIL_TO=a@example.com,b@example.com",
            "MODEL_ADDRESS=https://gateway.example.com/v1", "MODEL_NAME=m", "MAILBOX_ADDRESS=support@example.com", "MAILBOX_TENANT_ID=t", "MAILBOX_CLIENT_ID=c");

        Assert.Equal(Agents.Governance.KeyNames.All.Order(), made.ReadableSecrets.Order());
        Assert.Equal("Disabled", (string?)made["Microsoft.Storage/storageAccounts"]["publicNetworkAccess"]);
        Assert.Equal("Deny", (string?)made["Microsoft.KeyVault/vaults"]["networkAcls"]!["defaultAction"]);
        Assert.Equal("203.0.113.7", (string?)made["Microsoft.KeyVault/vaults"]["networkAcls"]!["ipRules"]![0]!["value"]);
        Assert.Equal("Disabled", (string?)made["Microsoft.DurableTask/schedulers"]["publicNetworkAccess"]);
        Assert.Equal("Disabled", (string?)made["Microsoft.Web/sites"]["publicNetworkAccess"]);
        Assert.EndsWith("/subnets/app", (string?)made["Microsoft.Web/sites"]["virtualNetworkSubnetId"], StringComparison.Ordinal);
        Assert.Equal(6, made.Types.Count(type => type == "Microsoft.Network/privateEndpoints"));
        Assert.Equal("orchestrator", (string?)made.AppSettings["TASKHUB_NAME"]);
        Assert.Equal(2, made["Microsoft.Insights/actionGroups"]["emailReceivers"]!.AsArray().Count);
    }

    [BicepFact]
    public async Task Teams_SwitchedOff_IsNotReadable()
    {
        Prediction made = await Prediction.OfAsync(SignIn, "TEAMS=false");

        Assert.DoesNotContain("teams-webhook", made.ReadableSecrets);
        Assert.Equal("off", (string?)made.AppSettings["ORCHESTRATOR__Teams__Webhook"]);
    }
}

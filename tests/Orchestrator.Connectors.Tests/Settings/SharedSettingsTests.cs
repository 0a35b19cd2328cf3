using Orchestrator.Connectors.Settings;
using static Orchestrator.Connectors.Tests.Settings.OtherHead;

namespace Orchestrator.Connectors.Tests.Settings;

public sealed class SharedSettingsTests
{
    private const string RealKeys = """ "Keys": { "VaultAddress": "https://v.vault.azure.net" } """;

    [Fact]
    public void Nothing_IsAllPlayed()
    {
        SharedSettings settings = Read("{}");

        Assert.Equal(["Stripe", "Key Vault", "mail", "Teams", "the mailbox"], settings.Played);
        Assert.Equal(SignInKind.Development, settings.SignIn.Kind);
        Assert.Equal(SharedSettings.AllPlayed.Sandbox, settings.Sandbox);
    }

    [Theory]
    [InlineData("""{ "Web": { "PublicAddress": "http://refunds.example.com" }, "SignIn": { "Kind": "appService" } }""", "Web.PublicAddress must begin with https://")]
    [InlineData("""{ "SignIn": { "Kind": "magic" } }""", "SignIn.Kind is 'magic'; it is one of development, proxy, appService")]
    [InlineData("""{ "SignIn": { "Kind": "proxy", "UserHeader": "X-Forwarded-Email" } }""", "SignIn.ProxyAddresses is missing")]
    [InlineData("""{ "SignIn": { "Kind": "proxy", "ProxyAddresses": ["10.0.0.5", "the-proxy"], "UserHeader": "X-Forwarded-Email" } }""", "SignIn.ProxyAddresses holds 'the-proxy'")]
    [InlineData("""{ "SignIn": { "Kind": "proxy", "ProxyAddresses": ["10.0.0.5"] } }""", "SignIn.UserHeader is missing: name the header")]
    [InlineData("""{ "SignIn": { "Kind": "proxy", "ProxyAddresses": ["10.0.0.5"], "UserHeader": "X_User" } }""", "SignIn.UserHeader is 'X_User', which is no name of a header")]
    [InlineData("""{ "SignIn": { "GroupsHeader": "X-Groups" } }""", "SignIn.GroupsHeader is only for Kind \"proxy\"")]
    [InlineData("""{ "SignIn": { "Kind": "proxy", "ProxyAddresses": ["10.0.0.5"], "UserHeader": "X-User", "GroupsHeader": "x-user" } }""", "SignIn.UserHeader stands for two things")]
    [InlineData("""{ "SignIn": { "ProxyAddresses": ["10.0.0.5"] } }""", "SignIn.ProxyAddresses is only for Kind \"proxy\"")]
    [InlineData("""{ "Stripe": { "Mode": "test" } }""", "Stripe is real, so its key must come from your own vault or key file")]
    [InlineData("""{ "Stripe": { }, "Keys": { "File": "k" } }""", "Stripe.Mode is missing")]
    [InlineData("""{ "Stripe": { "Mode": "live" }, "Keys": { "File": "k" } }""", "SignIn.Kind is development, which must not approve live money")]
    [InlineData("""{ "Stripe": { "Mode": "test", "Address": "http://stripe.example.com" }, "Keys": { "File": "k" } }""", "Stripe.Address must begin with https://")]
    [InlineData("""{ "Keys": { "File": "k", "VaultAddress": "https://v.vault.azure.net" } }""", "Keys.File and Keys.VaultAddress are both given")]
    [InlineData("""{ "Keys": { } }""", "Keys.VaultAddress is missing")]
    [InlineData("""{ "Keys": { "VaultAddress": "http://v.vault.azure.net" } }""", "Keys.VaultAddress must begin with https://")]
    [InlineData("""{ "Mail": { "Endpoint": "https://m.communication.azure.com", "SmtpHost": "smtp", "Sender": "a@example.com" }, "Keys": { "File": "k" } }""", "Mail.SmtpHost and Mail.Endpoint are both given")]
    [InlineData("""{ "Mail": { "SmtpHost": "smtp" }, "Keys": { "File": "k" } }""", "Mail.Sender is missing")]
    [InlineData("""{ "Mail": { "SmtpHost": "smtp", "Sender": "support" }, "Keys": { "File": "k" } }""", "Mail.Sender is no mail address")]
    [InlineData("""{ "Mail": { "Sender": "a@example.com" }, "Keys": { "File": "k" } }""", "Mail.Endpoint is missing")]
    [InlineData("""{ "Teams": { } }""", "Teams.Webhook is missing")]
    [InlineData("""{ "Teams": { "Webhook": "on" } }""", "Teams.Webhook is real")]
    [InlineData("""{ "Model": { "Address": "https://m.example.com/v1" }, "Keys": { "File": "k" } }""", "Model.Name is missing")]
    [InlineData("""{ "Model": { "Address": "ftp://m", "Name": "x" }, "Keys": { "File": "k" } }""", "Model.Address is no address")]
    [InlineData("""{ "Mailbox": { "Address": "nobody", "GraphAddress": "http://127.0.0.1:1" } }""", "Mailbox.Address is no mail address")]
    [InlineData("""{ "Mailbox": { "Address": "a@example.com" } }""", "Mailbox is real, and Graph tells of new mail over the internet")]
    [InlineData("""{ "Mailbox": { "Use": "off", "ClientId": "x" }, "Keys": { "File": "k" } }""", "Mailbox.TenantId is missing")]
    public void Fault_IsOneSentenceThatNamesTheSetting(string json, string sentence)
    {
        string fault = Assert.Single(Faults(json));

        Assert.StartsWith(sentence, fault, StringComparison.Ordinal);
        Assert.EndsWith(".", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "Stripe": { "Mode": "test" } """)]
    [InlineData(""" "Mail": { "SmtpHost": "smtp.example.com", "Sender": "support@example.com" } """)]
    [InlineData(""" "Mail": { "Endpoint": "https://m.communication.azure.com", "Sender": "support@example.com" } """)]
    [InlineData(""" "Teams": { "Webhook": "on" } """)]
    [InlineData(""" "Model": { "Address": "https://m.example.com/v1", "Name": "reader" } """)]
    [InlineData(""" "Mailbox": { "Address": "support@example.com", "TenantId": "t", "ClientId": "c" }, "Web": { "PublicAddress": "https://r.example.com" }, "SignIn": { "Kind": "appService" } """)]
    public void RealService_CanBeSwappedInAlone(string section)
    {
        SharedSettings settings = Read($"{{ {section}, {RealKeys} }}");

        Assert.NotNull(settings.Keys);
        Assert.True(settings.UsesSandbox);
    }

    [Fact]
    public void Live_WithProxyAndRealKeys_IsTaken()
    {
        SharedSettings settings = Read($$"""{ "Stripe": { "Mode": "live" }, "SignIn": { "Kind": "proxy", "ProxyAddresses": ["10.0.0.0/24"], "UserHeader": "X-Forwarded-Email" }, {{RealKeys}} }""");

        Assert.Equal(StripeMode.Live, settings.Stripe!.Mode);
        Assert.Equal(StripeSettings.RealAddress, settings.Stripe.Address);
    }
}

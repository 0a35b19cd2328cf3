using Orchestrator.Connectors.Mail;
using Orchestrator.Connectors.Models;
using Orchestrator.Connectors.Stripe;
using Orchestrator.Connectors.Teams;
using Orchestrator.Connectors.Settings;

namespace Orchestrator.Connectors.Tests.Settings;

public sealed class CheckedTests
{
    [Theory]
    [InlineData("http://api.stripe.com")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("https://user:secret@api.stripe.com")]
    [InlineData("https://api.stripe.com/?key=secret")]
    public void Address_KeysCouldLeakOver_IsRefusedWithoutRepeatingIt(string address)
    {
        SettingsException refused = Assert.Throws<SettingsException>(() => new StripeOptions(new(address)));
        Assert.Contains("'Stripe:BaseAddress'", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Address_OnThisMachine_MayBeInTheClear() =>
        Assert.Equal("http://127.0.0.1:12111/", new StripeOptions(new("http://127.0.0.1:12111")).BaseAddress.AbsoluteUri);

    [Fact]
    public void Options_MissingOrOutOfRange_NameTheirSetting()
    {
        Assert.Contains("'Mail:Endpoint'", Refused(() => new CommunicationServicesOptions(null, "a@b.example")), StringComparison.Ordinal);
        Assert.Contains("'Mail:Sender'", Refused(() => new CommunicationServicesOptions(new("https://x.example"), "a@b.example\r\nBcc: c@d.example")), StringComparison.Ordinal);
        Assert.Contains("'Smtp:Port'", Refused(() => new SmtpOptions("mail.example", 0, "a@b.example")), StringComparison.Ordinal);
        Assert.Contains("'Model:Name'", Refused(() => new ModelOptions(new("https://x.example/v1"), " ")), StringComparison.Ordinal);
        Assert.Contains("'Model:LeastConfidence'", Refused(() => new ModelOptions(new("https://x.example/v1"), "large", 1.5)), StringComparison.Ordinal);
        Assert.Contains("'PublicAddress'", Refused(() => new TeamsOptions(new("/relative", UriKind.Relative))), StringComparison.Ordinal);
        Assert.Contains("'Stripe:Timeout'", Refused(() => new StripeOptions(timeout: TimeSpan.Zero)), StringComparison.Ordinal);
    }

    private static string Refused(Func<object> make) => Assert.Throws<SettingsException>(make).Message;
}

using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>What a customer was told, in the words that the customer reads.</summary>
internal static class Told
{
    /// <summary>The customer of a refund that Stripe did not settle at once heard twice: that it is on its way, and that it was made.</summary>
    public static async Task AssertToldThatItIsOnItsWayAndMadeAsync(this Scene scene, string address)
    {
        string[] mails = [.. (await scene.MailsToAsync(address)).Select(mail => mail.ToJsonString())];
        Assert.Equal(2, mails.Length);
        Assert.Single(mails, mail => mail.Contains("is on its way", StringComparison.Ordinal));
        Assert.Single(mails, mail => mail.Contains("we have refunded", StringComparison.Ordinal));
    }
}

using Orchestrator.Local.Running;

namespace Orchestrator.Local.Tests.Running;

public sealed class HeadUrlTests
{
    [Theory]
    [InlineData("https://refunds.example.com", "https://refunds.example.com/")]
    [InlineData("https://example.com/refunds/", "https://example.com/refunds/")]
    [InlineData("http://127.0.0.1:7300", "http://127.0.0.1:7300/")]
    [InlineData("http://localhost:7071/", "http://localhost:7071/")]
    public void Parse_EncryptedOrOnThisMachine_IsTaken(string text, string url) => Assert.Equal(url, HeadUrl.Parse(text).AbsoluteUri);

    [Theory]
    [InlineData("http://refunds.example.com")]
    [InlineData("http://127.0.0.1.example.com")]
    [InlineData("refunds.example.com")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://ana:secret@refunds.example.com")]
    [InlineData("https://refunds.example.com/?token=secret")]
    [InlineData("https://refunds.example.com/#cases")]
    public void Parse_AnythingElse_IsWrongUsage_AndNotRepeated(string text)
    {
        LocalException refused = Assert.Throws<LocalException>(() => HeadUrl.Parse(text));

        Assert.Equal(ExitCodes.UsageOrCancelled, refused.ExitCode);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }
}

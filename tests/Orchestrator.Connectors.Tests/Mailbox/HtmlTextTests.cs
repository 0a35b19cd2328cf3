using Orchestrator.Connectors.Mailbox;

namespace Orchestrator.Connectors.Tests.Mailbox;

public sealed class HtmlTextTests
{
    [Fact]
    public void Parts_ScriptsAndStyles_AreNotRead() =>
        Assert.Equal(("Hello you\nworld", ""), HtmlText.Parts("<html><head><title>t</title><style>p{}</style></head><body><p>Hello <a href='https://example.com'>you</a></p><script>alert(1)</script>world</body></html>"));

    [Theory]
    [InlineData("display:none")]
    [InlineData("DISPLAY : NONE !important")]
    [InlineData("visibility:hidden")]
    [InlineData("font-size:0")]
    [InlineData("font-size:1px")]
    [InlineData("color:#fff")]
    [InlineData("color: white; background-color: #ffffff")]
    [InlineData("opacity:0")]
    [InlineData("position:absolute;left:-9999px")]
    [InlineData("max-height:0;overflow:hidden")]
    public void Parts_HiddenText_IsKeptApart(string style)
    {
        (string visible, string hidden) = HtmlText.Parts($"<p>seen</p><div style=\"{style}\"><b>unseen</b></div>");

        Assert.Equal("seen", visible);
        Assert.Equal("unseen", hidden);
    }

    [Fact]
    public void Parts_QuotedBlocks_AreMarked()
    {
        (string visible, _) = HtmlText.Parts("<div>New</div><blockquote>Old<br>older</blockquote>");

        Assert.Equal("New\n> Old\n> older", visible);
    }

    [Fact]
    public void Parts_TenThousandNestedElements_Survive()
    {
        string html = string.Concat(Enumerable.Repeat("<div>", 10_000)) + "deep" + string.Concat(Enumerable.Repeat("</div>", 10_000));

        Assert.Contains("deep", HtmlText.Parts(html).Visible, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<b><i><u><font>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<blockquote>")]
    [InlineData("<a href='x'>")]
    [InlineData("<!--")]
    [InlineData("<div <div ")]
    public async Task Parts_UnclosedTags_EndQuickly(string tags) =>
        await Task.Run(() => HtmlText.Read(string.Concat(Enumerable.Repeat(tags, 10_000)) + "end")).WaitAsync(TimeSpan.FromSeconds(20));
}

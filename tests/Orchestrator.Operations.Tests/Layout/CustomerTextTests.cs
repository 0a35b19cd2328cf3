using Orchestrator.Operations.Layout;

namespace Orchestrator.Operations.Tests.Layout;

public sealed class CustomerTextTests
{
    [Theory]
    [InlineData("plain\ttext\r\nnext", "plain\ttext\nnext")]
    [InlineData("\u202Eabc", "⟨U+202E⟩abc")]
    [InlineData("a\u200Bb\uFEFF", "a⟨U+200B⟩b⟨U+FEFF⟩")]
    [InlineData("\U000E0041", "⟨U+E0041⟩")]
    [InlineData("👩\u200D🔧 naïve ½", "👩\u200D🔧 naïve ½")]
    public void Visible_OfHidingLetters_ShowsTheirNumbers(string text, string shown) => Assert.Equal(shown, CustomerText.Visible(text));

    [Fact]
    public void Beginning_OfALongText_EndsBetweenLetters()
    {
        string beginning = CustomerText.Beginning(string.Concat(Enumerable.Repeat("x😀", 600)))!;

        Assert.InRange(beginning.Length, 899, 900);
        Assert.False(char.IsHighSurrogate(beginning[^1]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12")]
    public void Beginning_OfAShortText_IsTheWhole(string text) => Assert.Null(CustomerText.Beginning(text));
}

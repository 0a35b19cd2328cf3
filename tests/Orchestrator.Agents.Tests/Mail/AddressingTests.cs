using Orchestrator.Agents.Mail;

namespace Orchestrator.Agents.Tests.Mail;

public sealed class AddressingTests
{
    [Theory]
    [InlineData("Ana.K@Example.com", "Ana.K@example.com")]
    [InlineData("kim@müller.example", "kim@xn--mller-kva.example")]
    [InlineData("kim@XN--MLLER-KVA.example", "kim@xn--mller-kva.example")]
    [InlineData("o'neil+refund@shop.example", "o'neil+refund@shop.example")]
    public void Deliverable_AddressThatServersTake_IsWrittenAsTheyTakeIt(string address, string expected) =>
        Assert.Equal(expected, Addressing.Deliverable(address));

    [Theory]
    [InlineData("jürgen@example.com")]
    [InlineData("a..b@docomo.example")]
    [InlineData("\"a b\"@example.com")]
    [InlineData("ana@exa mple.com")]
    [InlineData("ana@-example.com")]
    [InlineData("ana@example..com")]
    [InlineData("ana")]
    [InlineData("@example.com")]
    [InlineData("ana@[127.0.0.1]")]
    [InlineData("ana@example.com\r\nBcc: eve@example.com")]
    public void Deliverable_AddressThatNoServerTakes_IsNone(string address) => Assert.Null(Addressing.Deliverable(address));

    [Fact]
    public void Deliverable_TooLong_IsNone()
    {
        Assert.Null(Addressing.Deliverable(new string('a', 65) + "@example.com"));
        Assert.Null(Addressing.Deliverable("ana@" + string.Concat(Enumerable.Repeat("abcdefgh.", 30)) + "example"));
    }

    [Theory]
    [InlineData("Ana Pérez", "Ana Pérez")]
    [InlineData("  高橋 花子 ", "高橋 花子")]
    [InlineData("Anne-Marie O'Neil, MD", "Anne-Marie O'Neil, MD")]
    public void DisplayName_OfAPerson_Stays(string name, string expected) => Assert.Equal(expected, Addressing.DisplayName(name));

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("Ana\nBcc: eve@example.com")]
    [InlineData("{amount}")]
    [InlineData("ana@example.com")]
    [InlineData("Ana \u202Egnp.exe")]
    [InlineData("see https://evil.test")]
    [InlineData("<b>Ana</b>")]
    public void DisplayName_ThatIsNone_IsLeftOut(string? name) => Assert.Null(Addressing.DisplayName(name));

    [Fact]
    public void DisplayName_OfManyWords_IsLeftOut() => Assert.Null(Addressing.DisplayName(new string('n', 79)));
}

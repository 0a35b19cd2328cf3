using Orchestrator.Agents.Understanding.Redaction;
using PhoneNumbers;

namespace Orchestrator.Agents.Tests.Understanding.Redaction;

/// <summary>Numbers that nobody here wrote down: the example numbers of every country's dialling plan, in the forms in which they are written there.</summary>
public sealed class DiallingPlanTests
{
    private static readonly PhoneNumberUtil Plans = PhoneNumberUtil.GetInstance();

    public static TheoryData<string> Countries => [.. Plans.GetSupportedRegions().Order(StringComparer.Ordinal)];

    public static TheoryData<string> CountriesKnownWithoutWords => ["US", "GB", "DE", "FR", "ES", "IT", "NL", "PT", "PL", "SE", "JP", "AU", "BR", "IN", "CH", "DK"];

    [Theory]
    [MemberData(nameof(Countries))]
    public void Find_WithCountryCode_NeedsNoWord(string country)
    {
        foreach (PhoneNumber number in Examples(country))
        {
            string written = Plans.Format(number, PhoneNumberFormat.INTERNATIONAL);
            AssertFound($"{written} is how it goes", written);
            AssertFound($"Best,\nAna\n{Plans.Format(number, PhoneNumberFormat.E164)}\n", Plans.Format(number, PhoneNumberFormat.E164));
        }
    }

    [Theory]
    [MemberData(nameof(Countries))]
    public void Find_NationalAfterAWordForPhones_IsFound(string country)
    {
        foreach (PhoneNumber number in Examples(country))
        {
            string written = Plans.Format(number, PhoneNumberFormat.NATIONAL);
            AssertFound($"Phone: {written}", written);
        }
    }

    [Theory]
    [MemberData(nameof(CountriesKnownWithoutWords))]
    public void Find_NationalInGroups_NeedsNoWord(string country)
    {
        foreach (PhoneNumber number in Examples(country))
        {
            string written = Plans.Format(number, PhoneNumberFormat.NATIONAL);
            if (written.Any(letter => !char.IsAsciiDigit(letter)))
            {
                AssertFound($"I am at {written} in the evening.", written);
            }
        }
    }

    [Theory]
    [InlineData("It was order 4821-3377-10, thanks.")]
    [InlineData("Invoice 2026-000431 of 12.11.2026")]
    [InlineData("I paid 1.234.567 JPY, or EUR 12,345.67 in all.")]
    [InlineData("The server at 192.168.17.20 said 15:42:07.118-05.")]
    [InlineData("pi_3Nf8xK2eZvKYlo2C0 123456789012")]
    public void Find_NumbersOfOtherKinds_AreLeft(string text) =>
        Assert.DoesNotContain(PersonalDataFinder.Find(text), span => span.Type == PersonalDataTypes.Phone);

    [Fact]
    public void Find_TwiceTheNumbers_TakesNotMuchMoreThanTwiceTheTime()
    {
        string text = string.Concat(Enumerable.Range(0, 1000).Select(number => $"{number:000} {number * 7 % 1000:000} 55{number % 10} "));
        TimeSpan once = TimeSpan.MaxValue;
        TimeSpan twice = TimeSpan.MaxValue;
        for (int turn = 0; turn < 15; turn++)
        {
            // In turns, and the best of each: what else the machine does only adds.
            once = Shorter(once, text);
            twice = Shorter(twice, text + text);
        }

        Assert.True(twice < 3.5 * once, $"{text.Length} letters take {once.TotalMilliseconds:0} ms, twice as many {twice.TotalMilliseconds:0} ms.");
    }

    private static TimeSpan Shorter(TimeSpan before, string text)
    {
        long began = TimeProvider.System.GetTimestamp();
        PersonalDataFinder.Find(text);
        TimeSpan took = TimeProvider.System.GetElapsedTime(began);
        return took < before ? took : before;
    }

    private static IEnumerable<PhoneNumber> Examples(string country) =>
        new[] { PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE }
            .Select(type => Plans.GetExampleNumberForType(country, type))
            .Where(number => number is not null && Plans.GetNationalSignificantNumber(number).Length >= 7);

    private static void AssertFound(string text, string number)
    {
        int start = text.IndexOf(number, StringComparison.Ordinal);
        Assert.True(
            PersonalDataFinder.Find(text).Any(span => span.Start <= start + 1 && span.End >= start + number.Length),
            $"'{number}' in '{text}' is left as it is.");
    }
}

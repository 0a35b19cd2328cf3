using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Orchestrator.Agents.Cases;

namespace Orchestrator.Local.Commands;

/// <summary>What verbs take, checked while it is parsed: a wrong word is wrong usage and reaches nothing.</summary>
internal static class Checks
{
    private const int LongestText = 8_000;

    /// <summary>A whole number within bounds.</summary>
    public static Option<int?> Whole(string name, string description, string helpName, int least, int most)
    {
        // Read from its token: the parser's own conversion throws where a validator asks for a value that is none.
        var option = new Option<int?>(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => int.TryParse(result.Tokens is [{ } one] ? one.Value : "", NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most))
            {
                result.AddError($"{name} is a number from {least} to {most}.");
            }
        });
        return option;
    }

    /// <summary>The id of a case or of an approval.</summary>
    public static Argument<string> Id(string name, string description, string helpName)
    {
        var argument = new Argument<string>(name) { Description = description, HelpName = helpName };
        argument.Validators.Add(result => CheckId(result, helpName));
        return argument;
    }

    public static void CheckId(SymbolResult result, string helpName)
    {
        if (result.Tokens.FirstOrDefault(token => !CaseIds.IsCaseId(token.Value)) is { } wrong)
        {
            result.AddError($"{helpName} is an id such as case-0v4k…, as 'cases list' and 'approvals list' print it; {Quoted(wrong.Value)} is none.");
        }
    }

    /// <summary>Whatever else is typed: bounded, and nothing that no keyboard writes.</summary>
    public static string? WhatIsWrongWith(string token) =>
        token.Length > LongestText ? $"A word of {token.Length} letters is too long: at most {LongestText}."
        : token.Contains('\0', StringComparison.Ordinal) ? "A word holds a zero byte."
        : null;

    private static string Quoted(string text)
    {
        string clean = CasesVerbs.Plain(text);
        return $"'{(clean.Length <= 40 ? clean : clean[..40] + "…")}'";
    }
}

using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Orchestrator.Local.Commands;

namespace Orchestrator.Local.Tests.Commands;

/// <summary>Every verb with everything it takes, wrong in every way: drawn from the tree itself, so that a new verb is tried too.</summary>
public sealed class WrongUsageTests
{
    private static readonly string[] Words = ["", " ", "a b", "../x", "-", "--", "\u202Egnp", "\uD83D\uDE00", "0", "-1", "99999999999999999999", "1.5", "case-", "'; DROP TABLE", new string('x', 10_000), "a\0b", "@", "@/nowhere/file"];

    /// <summary>Whatever is typed, parsing says what is wrong and throws nothing.</summary>
    [Fact]
    public void AnyWord_AnywhereInTheTree_IsParsedOrRefusedAndNeverThrows()
    {
        int tried = 0;
        RootCommand root = RootVerb.Build();
        foreach ((string[] path, Command command) in Verbs([], root))
        {
            foreach (string[] line in Lines(path, command))
            {
                tried++;
                Exception? thrown = Record.Exception(() =>
                {
                    if (line.All(word => Checks.WhatIsWrongWith(word) is null))
                    {
                        ParseResult parsed = root.Parse(line);
                        Assert.All(parsed.Errors, error => Assert.InRange(error.Message.Length, 1, 600));
                    }
                });
                Assert.True(thrown is null, $"'{string.Join("' '", line.Select(word => word[..Math.Min(word.Length, 40)]))}': {thrown}");
            }
        }

        Assert.True(tried > 1_000, $"Only {tried} lines were tried.");
    }

    [Theory]
    [InlineData("--port", "abc")]
    [InlineData("--port", "-5")]
    [InlineData("--port", "99999")]
    [InlineData("cases", "show", "")]
    [InlineData("cases", "watch", "")]
    [InlineData("cases", "show", "a/b")]
    [InlineData("approvals", "show", "")]
    [InlineData("approvals", "approve", "  ", "--as", "ana@example.com")]
    [InlineData("cases", "list", "--status", "nonsense")]
    [InlineData("cases", "list", "--limit", "0")]
    [InlineData("cases", "list", "--limit", "many")]
    [InlineData("audit", "show", "--limit", "0")]
    [InlineData("audit", "show", "--case", "")]
    public async Task WrongWord_ExitsTwoWithASentenceAndNoTrace(params string[] arguments)
    {
        Ran ran = await Executable.RunAsync(arguments);

        Assert.Equal((2, ""), (ran.ExitCode, ran.Out));
        Assert.InRange(ran.Error.Length, 20, 600);
        Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_TakesEveryWordThatListsPrint() => Assert.All(
        Enum.GetNames<Orchestrator.Operations.Cases.CaseStanding>(),
        printed => Assert.Empty(RootVerb.Build().Parse(["cases", "list", "--status", Orchestrator.Operations.Cases.CaseStandings.Word(printed)]).Errors));

    [Fact]
    public async Task Port_ThatIsTaken_IsOneSentence()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;

        Ran ran = await Executable.RunAsync(["--state", folder.In("state"), "--port", $"{port}"]);

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains($"Port {port} is taken.", ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<(string[] Path, Command Command)> Verbs(string[] path, Command command) =>
        command.Subcommands.SelectMany(sub => Verbs([.. path, sub.Name], sub)).Prepend((path, command));

    private static IEnumerable<string[]> Lines(string[] path, Command command)
    {
        string[] arguments = [.. command.Arguments.Select(_ => "case-1")];
        foreach (string word in Words)
        {
            yield return [.. path, word];
            foreach (Argument _ in command.Arguments)
            {
                yield return [.. path, word, "--as", word, "--reason", word];
            }

            foreach (Option option in command.Options)
            {
                yield return [.. path, .. arguments, option.Name, word];
                yield return [.. path, .. arguments, option.Name];
                yield return [.. path, .. arguments, option.Name, word, option.Name, word];
            }
        }
    }
}

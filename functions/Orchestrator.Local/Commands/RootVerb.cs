using System.CommandLine;
using System.CommandLine.Parsing;
using Orchestrator.Local.Demo;
using Orchestrator.Local.Sandboxes;
using Orchestrator.Local.Serving;

namespace Orchestrator.Local.Commands;

/// <summary>The command line: no verb serves, the others are noun first.</summary>
internal static class RootVerb
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Select(Checks.WhatIsWrongWith).FirstOrDefault(wrong => wrong is not null) is { } unusable)
        {
            await Console.Error.WriteLineAsync(unusable);
            return ExitCodes.UsageOrCancelled;
        }

        ParseResult parsed = Build().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            string command = string.Join(' ', Ancestry(parsed.CommandResult.Command).Reverse());
            await Console.Error.WriteLineAsync($"Try: {Invocation.Name} {command} --help".Replace("  ", " ", StringComparison.Ordinal));
            return ExitCodes.UsageOrCancelled;
        }

        // Serving closes its databases before it goes; ten seconds are more than that takes.
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(10) });
    }

    public static RootCommand Build()
    {
        var root = new RootCommand("A durable agent that works out refunds: a mail comes in, a person approves, money moves once. Without a verb it serves.");
        CommonOptions.AddTo(root);
        ServeVerb.AddTo(root);
        root.Subcommands.Add(DemoVerb.Build());
        root.Subcommands.Add(CasesVerbs.Build());
        root.Subcommands.Add(ApprovalsVerbs.Build());
        root.Subcommands.Add(InboxVerbs.Build());
        root.Subcommands.Add(AuditVerbs.Build());
        root.Subcommands.Add(HubVerbs.Build());
        root.Subcommands.Add(DoctorVerb.Build());
        root.Subcommands.Add(SandboxVerb.Build());
        return root;
    }

    private static IEnumerable<string> Ancestry(Command command)
    {
        for (Command? at = command; at is not null and not RootCommand; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            yield return at.Name;
        }
    }
}

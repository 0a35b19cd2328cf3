using Orchestrator.Sandbox.Hosting;

namespace Orchestrator.Sandbox;

/// <summary>The sandbox alone: for anyone who wants a stateful stand-in without the rest.</summary>
internal static class Program
{
    private const int WrongUsage = 2;

    public static async Task<int> Main(string[] args)
    {
        var command = new SandboxCommand(Console.Out, Console.Error, TimeProvider.System);
        var parsed = command.Parse(args);
        int code = await parsed.InvokeAsync();
        return parsed.Errors.Count > 0 ? WrongUsage : code;
    }
}

using System.Diagnostics;

namespace Orchestrator.Torture;

/// <summary>A line on stderr every five seconds at most.</summary>
internal sealed class Progress
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private long _said = Stopwatch.GetTimestamp();

    public void Say(string line)
    {
        if (Stopwatch.GetElapsedTime(_said) >= Every)
        {
            _said = Stopwatch.GetTimestamp();
            Console.Error.WriteLine(line);
        }
    }
}

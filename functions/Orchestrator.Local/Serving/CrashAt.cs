using System.Diagnostics;
using System.Globalization;
using Orchestrator.Connectors.Settings;

namespace Orchestrator.Local.Serving;

/// <summary>
/// Kills this process at a named point, as a power cut would: <c>ORCHESTRATOR_CRASH_AT=AfterActivityReturn:IssueRefund#1</c>. For the demo and for tests;
/// refuses to be there beside a live Stripe key.
/// </summary>
/// <param name="Point">A <see cref="Engine.CrashPoint"/>.</param>
/// <param name="Task">Only for this activity or orchestrator; null: any.</param>
/// <param name="Occurrence">At the how-manieth time, from 1.</param>
internal sealed record CrashAt(string Point, string? Task, int Occurrence)
{
    public const string Variable = "ORCHESTRATOR_CRASH_AT";

    private int _seen;

    /// <exception cref="LocalException">It can't be read, or real money is near.</exception>
    public static CrashAt? FromEnvironment(SharedSettings settings)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text)
        {
            return null;
        }

        if (settings.Stripe?.Mode == StripeMode.Live)
        {
            throw new LocalException($"{Variable} is set, which kills this process on purpose; it does not run with live money. Take it out of the environment.");
        }

        return Parse(text) ?? throw new LocalException($"{Variable} is '{text}'; write POINT, POINT:TASK or POINT:TASK#N, where POINT is one of {string.Join(", ", Enum.GetNames<Engine.CrashPoint>())}.");
    }

    public static CrashAt? Parse(string text)
    {
        string[] counted = text.Split('#', 2);
        string[] named = counted[0].Split(':', 2);
        int occurrence = 1;
        return Enum.TryParse(named[0], out Engine.CrashPoint point) && point.ToString() == named[0]
            && (counted.Length == 1 || (int.TryParse(counted[1], NumberStyles.None, CultureInfo.InvariantCulture, out occurrence) && occurrence > 0))
            ? new(named[0], named.Length == 2 ? named[1] : null, occurrence)
            : null;
    }

    /// <summary>For <see cref="Engine.EngineOptions.AtCrashPoint"/>.</summary>
    public void Reached(string point, string instanceId, string task)
    {
        if (point != Point || (Task is not null && Task != task) || Interlocked.Increment(ref _seen) != Occurrence)
        {
            return;
        }

        using Process self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}

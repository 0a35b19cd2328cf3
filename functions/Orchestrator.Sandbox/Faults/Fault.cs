namespace Orchestrator.Sandbox.Faults;

/// <summary>What goes wrong with one request.</summary>
internal abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>The request waits, then goes on.</summary>
    internal sealed record Latency(TimeSpan Wait) : Fault;

    /// <summary>Another answer than the service's own; the effect happens only when <paramref name="AfterEffect"/>.</summary>
    internal sealed record Status(int Code, string Body, string ContentType, IReadOnlyDictionary<string, string> Headers, bool AfterEffect) : Fault;

    /// <summary>The connection is cut; nothing happened.</summary>
    internal sealed record CutBefore : Fault;

    /// <summary>The connection is cut after the whole effect: the caller cannot know.</summary>
    internal sealed record CutAfter : Fault;

    /// <summary>The effect happens and the service's status is kept, but the body is this, or the true one cut short.</summary>
    internal sealed record WrongAnswer(string? Body, string? ContentType, int? TruncateTo) : Fault;
}

using System.Text.Json;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Orchestrations;

/// <summary>
/// One run of an orchestrator over its history: rows go in one by one in the order of the store, what the code newly asks for comes out.
/// Live and on replay the same rows pass here in the same order, so the code takes the same way.
/// </summary>
internal sealed class OrchestrationRun
{
    private readonly EngineParts _parts;
    private readonly string _id, _name;
    private readonly Action _foreignTask;
    private readonly OrchestratorLoop _loop;
    private readonly OrchestrationContext _context;
    private readonly Dictionary<int, OpenTask> _open = [];
    private readonly Queue<OpenTask> _asked = new();
    private readonly Queue<HistoryRow> _held = new();
    private readonly List<OpenTask> _cancelledTimers = [];
    private readonly HashSet<string> _recordedPatches;
    private readonly Dictionary<string, bool> _patches = new(StringComparer.Ordinal);
    private Task<string>? _main;
    private string? _reportedStatus;
    private HistoryRow? _suspension;

    /// <param name="recordedPatches">Changes whose way this run has taken, as its history says.</param>
    /// <param name="foreignTask">Called on any thread when the code awaited what is not its own.</param>
    public OrchestrationRun(
        EngineParts parts, string id, string name, int run, string? customStatus, IEnumerable<string> recordedPatches, Action foreignTask)
    {
        _recordedPatches = recordedPatches.ToHashSet(StringComparer.Ordinal);
        (_parts, _id, _name, _foreignTask) = (parts, id, name, foreignTask);
        CustomStatus = _reportedStatus = customStatus;
        _loop = new OrchestratorLoop(foreignTask);
        _context = new OrchestrationContext(this, parts, id, name, run);
    }

    public EventBuffer Events { get; } = new();

    public string? CustomStatus { get; set; }

    public string? NextInput { get; set; }

    public bool KeepsEvents { get; set; }

    public int NextTaskId { get; private set; }

    public bool HasEnded => _main is { IsCompleted: true };

    /// <summary>Steps that are recorded and have not come to their end.</summary>
    public IReadOnlyList<OpenTask> Recorded
    {
        get
        {
            int firstNew = _asked.TryPeek(out OpenTask? asked) ? asked.Id : int.MaxValue;

            // While it is suspended, ends that are recorded wait to be seen by the code.
            HashSet<int?> ended = [.. _held.Where(row => row.Kind.IsCompletion()).Select(row => row.TaskId)];
            return [.. _open.Values.Where(task => task.Id < firstNew && !ended.Contains(task.Id)).OrderBy(task => task.Id)];
        }
    }

    /// <exception cref="NonDeterministicOrchestrationException">The row is not what the code asks for.</exception>
    public void Apply(HistoryRow row, bool replaying)
    {
        _context.IsReplaying = replaying;
        if (row.Kind.IsAction())
        {
            Match(row);
        }
        else if (row.Kind == HistoryKind.ExecutionSuspended)
        {
            _suspension = row;
        }
        else if (row.Kind == HistoryKind.ExecutionResumed)
        {
            _suspension = null;
            while (_held.TryDequeue(out HistoryRow? held))
            {
                Step(held);
            }
        }
        else if (row.Kind == HistoryKind.ExecutionStarted || row.Kind == HistoryKind.EventRaised || row.Kind.IsCompletion())
        {
            if (_suspension is not null && !HasEnded)
            {
                _held.Enqueue(row);
            }
            else
            {
                Step(row);
            }
        }
    }

    /// <summary>What the code asked for beyond its history.</summary>
    public TurnOutcome Take()
    {
        _context.IsReplaying = false;
        string? status = CustomStatus == _reportedStatus ? null : CustomStatus;
        _reportedStatus = CustomStatus;
        TurnOutcome outcome = new([.. _asked], [.. _cancelledTimers], status, HasEnded ? End() : null);
        _asked.Clear();
        _cancelledTimers.Clear();
        return outcome;
    }

    public OpenTask<T> Ask<T>(HistoryKind kind, string name, string payload, string? reference, Func<string, T> read, DateTimeOffset due = default)
    {
        CheckThread();
        OpenTask<T> task = new(NextTaskId++, kind, name, payload, reference, read) { Due = due };
        _open.Add(task.Id, task);
        _asked.Enqueue(task);
        return task;
    }

    public Task AskTimer(DateTimeOffset due, CancellationToken cancellationToken)
    {
        CheckThread();
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        string payload = JsonSerializer.Serialize(due, EngineJson.Default.DateTimeOffset);
        OpenTask<Nothing> timer = Ask(HistoryKind.TimerCreated, "timer", payload, null, _ => Nothing.Value, due);
        if (cancellationToken.CanBeCanceled)
        {
            cancellationToken.UnsafeRegister(_ => Cancel(timer, cancellationToken), null);
        }

        return timer.Task;
    }

    /// <summary>Whether this run takes the way of a change. It is recorded when the code gets there first, and the answer stays the same for the whole run.</summary>
    public bool TakePatch(string patch)
    {
        CheckThread();
        if (!_patches.TryGetValue(patch, out bool taken))
        {
            taken = !_context.IsReplaying || _recordedPatches.Contains(patch);
            _patches.Add(patch, taken);
            if (taken)
            {
                _asked.Enqueue(new OpenTask<Nothing>(NextTaskId++, HistoryKind.PatchTaken, patch, "null", null, _ => Nothing.Value));
            }
        }

        return taken;
    }

    public void CheckThread()
    {
        if (!_loop.IsCurrent)
        {
            _foreignTask();
            throw new ForeignTaskException(_name, _id);
        }
    }

    private void Cancel(OpenTask<Nothing> timer, CancellationToken cancellationToken)
    {
        CheckThread();
        if (_open.Remove(timer.Id))
        {
            _cancelledTimers.Add(timer);
            timer.Cancel(cancellationToken);
        }
    }

    private void Match(HistoryRow row)
    {
        if (!_asked.TryDequeue(out OpenTask? asked))
        {
            throw new NonDeterministicOrchestrationException(_id, OpenTask.Describe(row.Kind, row.Name, row.TaskId), HasEnded ? "the end of the run" : "no step");
        }

        if (asked.Id != row.TaskId || asked.Kind != row.Kind || asked.Name != row.Name)
        {
            throw new NonDeterministicOrchestrationException(_id, OpenTask.Describe(row.Kind, row.Name, row.TaskId), asked.ToString());
        }
    }

    private void Step(HistoryRow row)
    {
        if (HasEnded)
        {
            // It was acknowledged, so the next run gets it.
            if (row.Kind == HistoryKind.EventRaised)
            {
                Events.Keep(row);
            }

            return;
        }

        _context.CurrentUtcDateTime = row.Time;
        _loop.Run(Handle, row);

        // Nothing recorded can wake it any more, so it waits for something else.
        if (_main is { IsCompleted: false } && _open.Count == 0 && !Events.IsAwaited)
        {
            _foreignTask();
        }
    }

    private void Handle(HistoryRow row)
    {
        if (row.Kind == HistoryKind.ExecutionStarted)
        {
            _context.StartedAt = row.Time;
            _main = StartAsync(row);
        }
        else if (row.Kind == HistoryKind.EventRaised)
        {
            Events.Raise(row);
        }
        else if (_open.Remove(row.TaskId!.Value, out OpenTask? task))
        {
            if (row.Kind.IsFailedTask())
            {
                task.Fail(FailureJson.Read(row.Payload!));
            }
            else
            {
                task.Complete(row.Payload);
            }
        }
    }

    private async Task<string> StartAsync(HistoryRow row)
    {
        if (!_parts.Registry.Orchestrators.TryGetValue(_name, out TaskRegistry.OrchestratorRunner? runner))
        {
            throw new UnknownTaskException("orchestrator", _name);
        }

        // This await comes back to the loop or not at all, so code that ended on another thread is not taken for ended.
        return await runner(_parts.Services, _context, row.Payload!);
    }

    private RunEnd End()
    {
        if (_main!.IsCompletedSuccessfully)
        {
            if (NextInput is not null)
            {
                return new RunEnd.ContinuedAsNew(NextInput, [.. _suspension is null ? [] : new[] { _suspension }, .. KeepsEvents ? Events.Unprocessed : []]);
            }

            string output = _main.Result;
            try
            {
                _parts.Registry.CheckSize($"The output of instance '{_id}'", output);
                return new RunEnd.Completed(output);
            }
            catch (PayloadTooLargeException tooLarge)
            {
                return new RunEnd.Failed(FailureJson.From(tooLarge), null);
            }
        }

        Exception failure = _main.Exception?.InnerException ?? new TaskCanceledException(_main);
        return new RunEnd.Failed(FailureJson.From(failure), (failure as TaskFailedException)?.TaskId);
    }
}

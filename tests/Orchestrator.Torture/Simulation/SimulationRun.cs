using Orchestrator.Engine;
using Orchestrator.Torture.Disk;

namespace Orchestrator.Torture.Simulation;

/// <summary>One seed from its first start to its last look back.</summary>
internal sealed class SimulationRun : IDisposable
{
    private const int Cases = 14;
    private const int MaxSteps = 400_000;

    private readonly SimulatedWorld _world;
    private readonly SimulatedDisk _disk = new();
    private readonly SimulatedQueue _outside;
    private readonly CaseBook _book;
    private readonly CaseScripts _scripts;
    private readonly int _lives;
    private readonly EngineOptions _options;
    private TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SimulatedProcess? _process;
    private StoreState? _store;
    private FaultPlan _plan;
    private Task[] _cases = [];
    private int _number;

    private SimulationRun(int seed, Action<string>? reader)
    {
        _world = new SimulatedWorld(seed) { Reader = reader };
        _outside = new SimulatedQueue(_world, "outside");
        _book = new CaseBook(seed);
        SimulatedClock clock = new(_world, _outside);
        _scripts = new CaseScripts(new Insistence(UpAsync, clock, Answered), _book, clock, _world.Random);
        _plan = FaultPlan.None(_world, _disk);
        _lives = _world.Random.Next(1, 7);
        _disk.Crashed = () => End("the process ends within a write");
        _options = new EngineOptions(_disk.HubPath)
        {
            Disk = _disk,
            StopTimeout = TimeSpan.Zero,
            MaxCrashesPerActivity = 1_000,
            MaxResidentInstances = Pick(0, 3, 2_000),
            MaxConcurrentActivities = Pick(1, 3, 16),
            MaxConcurrentOrchestrations = Pick(1, 2, 4),
            AtCrashPoint = AtCrashPoint,
        };
    }

    /// <exception cref="BrokenPromiseException">The engine did not keep what it promises.</exception>
    public static SimulationResult Run(int seed, Action<string>? reader = null)
    {
        using SimulationRun run = new(seed, reader);
        run.Run();
        return new SimulationResult(run._world.Trace, run._world.Steps, run._number, run._book.Runs);
    }

    public void Dispose()
    {
        _store?.Dispose();
        _disk.Dispose();
    }

    private void Run()
    {
        _cases = _outside.Run(() => Enumerable.Range(0, Cases).Select(_scripts.RunAsync).ToArray());
        LiveUntil(_outside.Run(() => Task.WhenAll(_cases)));
        Bury("the process ends in order", orderly: true);
        LiveUntil(_outside.Run(_scripts.LookBackAsync));
        Task<Engine.TaskHub.IntegrityReport> verified = _process!.VerifyAsync();
        LiveUntil(verified);
        if (!verified.Result.IsIntact)
        {
            throw CaseBook.Broke(verified.Result.Finding);
        }

        Bury("the simulation ends", orderly: true);
    }

    private void LiveUntil(Task done)
    {
        while (!done.IsCompleted)
        {
            if (_cases.FirstOrDefault(one => one.IsFaulted) is { } broken)
            {
                broken.GetAwaiter().GetResult();
            }

            if (_process is null)
            {
                Start();
            }
            else if (!_process.IsAlive || _process.HasStopped)
            {
                Bury("the process is gone", orderly: false);
            }
            else if (_plan.EndsNow())
            {
                Bury("the process ends", _plan.IsOrderly);
            }
            else
            {
                Step();
            }
        }

        done.GetAwaiter().GetResult();
    }

    private void Start()
    {
        using (StoreState? store = StoreState.Open(_disk))
        {
            if (store is not null)
            {
                _book.Reopened(store);
            }
        }

        _plan = ++_number <= _lives ? FaultPlan.Draw(_world, _disk) : FaultPlan.None(_world, _disk);
        _process = new SimulatedProcess(_world, _number, _options, process => CaseCode.For(process, _book));
        _world.Note($"{_process.Queue.Name} starts");
        Task started = _process.StartAsync();
        while (!started.IsCompleted)
        {
            Step();
        }

        if (started.IsFaulted && _process.IsAlive && !_disk.HasFailed)
        {
            throw CaseBook.Broke($"the engine does not start on what its crash left: {started.Exception!.InnerException}");
        }

        if (started.IsFaulted)
        {
            _process.Die();
            return;
        }

        _book.TakenUp();
        _store = StoreState.Open(_disk);
        TaskCompletionSource up = _up;
        _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _outside.Run(() => up.TrySetResult());
    }

    /// <summary>Closes the process and leaves the disk as its end left it.</summary>
    private void Bury(string how, bool orderly)
    {
        _world.Note(how);
        _process!.Die();
        if (!orderly)
        {
            _disk.Crash();
        }

        _store?.Dispose();
        _store = null;
        Task closed = _process.CloseAsync();
        while (!closed.IsCompleted)
        {
            Step();
        }

        if (!_disk.IsDown)
        {
            closed.GetAwaiter().GetResult();
        }

        _outside.Run(_process.Bury);
        _process = null;
        if (_disk.IsDown && _plan.LosesPower)
        {
            _world.Note("the power is lost");
            _disk.LosePower(_world.Random);
        }

        _disk.Boot(dropCache: _world.Random.Next(2) == 0);
    }

    private void Step()
    {
        if (!_world.Step() || _world.Steps > MaxSteps)
        {
            throw CaseBook.Broke($"after {_world.Steps} steps nothing goes on, and callers {string.Join(", ", Enumerable.Range(0, Cases).Where(number => !_cases[number].IsCompleted))} still wait. Living instances:{Environment.NewLine}{_store?.Living}");
        }
    }

    private void AtCrashPoint(string point, string instance, string task)
    {
        _world.Note($"{point} {instance} {task}");
        if (_process!.IsAlive && _plan.EndsAtThisPoint())
        {
            _disk.Crash();
            End($"the process ends at {point}");
        }

        if (!_process.IsAlive)
        {
            throw new InvalidOperationException("The process has ended.");
        }
    }

    private void End(string how)
    {
        _world.Note(how);
        _process?.Die();
    }

    private async Task<SimulatedProcess> UpAsync()
    {
        while (_process is not { IsAlive: true, HasStarted: true })
        {
            await _up.Task;
        }

        return _process;
    }

    private void Answered()
    {
        _world.Note("answered");
        if (_store is { } store)
        {
            _book.Answered(store.Head, store.HeadHash);
        }
    }

    private T Pick<T>(params ReadOnlySpan<T> of) => of[_world.Random.Next(of.Length)];
}

/// <param name="Lives">Processes, one after the other.</param>
/// <param name="Activities">Runs of activities.</param>
internal sealed record SimulationResult(ulong Trace, int Steps, int Lives, int Activities);

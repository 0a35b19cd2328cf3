using Orchestrator.Torture.Disk;

namespace Orchestrator.Torture.Simulation;

/// <summary>What will go wrong in one life of the process, and how it ends.</summary>
internal sealed class FaultPlan
{
    private readonly SimulatedWorld _world;
    private readonly SimulatedDisk _disk;
    private readonly Random _random;
    private int _stepsLeft, _pointsLeft, _fullAt;

    private FaultPlan(SimulatedWorld world, SimulatedDisk disk)
    {
        (_world, _disk, _random) = (world, disk, world.Random);
        (_stepsLeft, _pointsLeft, _fullAt) = (int.MaxValue, int.MaxValue, int.MaxValue);
    }

    /// <summary>Whether the machine ends with the process.</summary>
    public bool LosesPower { get; private init; }

    /// <summary>Whether a stop is asked for and waited for.</summary>
    public bool IsOrderly { get; private init; }

    public static FaultPlan None(SimulatedWorld world, SimulatedDisk disk) => new(world, disk);

    public static FaultPlan Draw(SimulatedWorld world, SimulatedDisk disk)
    {
        Random random = world.Random;
        int kind = random.Next(6);
        FaultPlan plan = new(world, disk) { LosesPower = random.Next(2) == 0, IsOrderly = kind == 0 };
        switch (kind)
        {
            case 0 or 1:
                plan._stepsLeft = random.Next(20, 700);
                break;
            case 2:
                plan._pointsLeft = random.Next(1, 300);
                break;
            case 3:
                disk.FailSyncAfter(random.Next(60));
                break;
            default:
                disk.CrashAfter(random.Next(400));
                break;
        }

        plan._fullAt = random.Next(4) == 0 ? random.Next(200) : int.MaxValue;
        return plan;
    }

    /// <summary>True when the process ends before its next step.</summary>
    public bool EndsNow()
    {
        if (_fullAt-- == 0)
        {
            _world.Note("the disk is full");
            _disk.FillUp(_random.Next(20_000));
        }
        else if (_fullAt == -200)
        {
            _world.Note("the disk has space");
            _disk.MakeSpace();
        }

        return _stepsLeft-- == 0;
    }

    /// <summary>True when the process ends within the engine's work.</summary>
    public bool EndsAtThisPoint() => --_pointsLeft == 0;
}

using Orchestrator.Engine.Activities;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Tests.Activities;

public sealed class RunningActivitiesTests : IDisposable
{
    private const int Slots = 5;

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("running-").FullName, "hub.running");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void Marks_OfAnySlot_NeedNoMoreRoomThanTheFileHasFromTheStart()
    {
        using RunningActivities running = RunningActivities.Open(FileDisk.Instance, _path, Slots);
        running.Clear();
        long length = new FileInfo(_path).Length;

        for (int slot = 0; slot < Slots; slot++)
        {
            running.Enter(slot, new RunningActivity(7, 1, slot));
        }

        Assert.True(length > 0);
        Assert.Equal(length, new FileInfo(_path).Length);
    }

    [Fact]
    public void Marks_LeftByACrash_AreReadOnceAndThenCleared()
    {
        using (RunningActivities crashed = RunningActivities.Open(FileDisk.Instance, _path, Slots))
        {
            crashed.Clear();
            crashed.Enter(1, new RunningActivity(7, 1, 3));
            crashed.Enter(4, new RunningActivity(8, 2, 1));
            crashed.Leave(1);
        }

        using (RunningActivities next = RunningActivities.Open(FileDisk.Instance, _path, 2))
        {
            Assert.Equal([new RunningActivity(8, 2, 1)], next.AtCrash);
            next.Clear();
        }

        using RunningActivities after = RunningActivities.Open(FileDisk.Instance, _path, Slots);
        Assert.Empty(after.AtCrash);
    }
}

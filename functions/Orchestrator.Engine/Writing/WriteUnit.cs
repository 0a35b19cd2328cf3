namespace Orchestrator.Engine.Writing;

/// <summary>What is written all together or not at all. Several units share one commit.</summary>
internal abstract class WriteUnit
{
    /// <summary>For crash points: the instance and the tasks this is about.</summary>
    public abstract string InstanceId { get; }

    public virtual IEnumerable<string> TaskNames => [];

    /// <summary>On the writer's thread. Checks first, so that a refusal leaves nothing behind; may run again after a full disk.</summary>
    public abstract void Execute(HubTransaction hub);

    /// <summary>On the writer's thread, in order, once it is durable. Must be quick.</summary>
    public abstract void Committed();

    /// <summary>It is not durable and will not be.</summary>
    public virtual void Failed(Exception failure)
    {
    }

    /// <summary>The disk is full: what has a caller who can try again is refused. True when nothing is left that waits for space.</summary>
    public virtual bool GiveUp(Exception full) => false;
}

/// <summary>A unit whose caller waits for an answer.</summary>
internal abstract class WriteUnit<TResult> : WriteUnit
{
    private readonly TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TResult> Answer => _answer.Task;

    public override void Failed(Exception failure) => _answer.TrySetException(failure);

    public override bool GiveUp(Exception full)
    {
        Failed(full);
        return true;
    }

    protected void Acknowledge(TResult result) => _answer.TrySetResult(result);

    protected void Refuse(Exception reason) => _answer.TrySetException(reason);
}

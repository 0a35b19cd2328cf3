using Orchestrator.Engine.Reading;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Integrity;

/// <summary>Looks for damage page by page, each page in a snapshot of its own, so that a long check does not keep the log from being checkpointed.</summary>
/// <param name="read">Runs a read on some connection.</param>
internal sealed class IntegrityCheck(Action<Action<ReaderConnection>> read)
{
    private readonly List<Damage> _found = [];
    private readonly HashSet<long> _concerned = [];

    /// <summary>Told where rows were checked; for pauses.</summary>
    public Action? AfterPage { get; init; }

    /// <summary>Names missing rows.</summary>
    public WitnessLog? Witness { get; init; }

    /// <summary>All of the hub.</summary>
    public IntegrityFindings All(CancellationToken cancellationToken)
    {
        ChainWalk walk = Walk(0, cancellationToken);
        long? key = 0;
        while (key is { } after && _found.Count < ChainWalk.MaxDamage)
        {
            cancellationToken.ThrowIfCancellationRequested();
            read(connection => connection.Snapshot(snapshot => key = InstanceCheck.Page(snapshot, after, _found)));
            AfterPage?.Invoke();
        }

        return Findings(walk);
    }

    /// <summary>The last rows, and the instances that they are of.</summary>
    public IntegrityFindings Tail(long rows, CancellationToken cancellationToken)
    {
        ChainWalk walk = Walk(rows, cancellationToken);
        foreach (long key in _concerned)
        {
            cancellationToken.ThrowIfCancellationRequested();
            read(connection => connection.Snapshot(snapshot =>
            {
                InstanceCheck.One(snapshot, key, _found);
                return true;
            }));
        }

        return Findings(walk);
    }

    /// <param name="last">Number of rows from the end; 0 for all.</param>
    private ChainWalk Walk(long last, CancellationToken cancellationToken)
    {
        (HubHead head, long end, ChainWalk walk) = (null!, 0, null!);
        read(connection => connection.Snapshot(snapshot =>
        {
            head = HubHead.Read(snapshot) ?? throw new InvalidDataException("The task hub's own row is missing.");
            end = ReaderConnection.List(snapshot.Prepare("SELECT ifnull(max(position), 0) FROM history"), row => row.Int64(0)).Single();
            long after = last == 0 ? 0 : Math.Max(0, head.Position - last);
            byte[]? hash = after == 0 ? HashChain.Origin : ReaderConnection.List(
                snapshot.Prepare("SELECT hash FROM history WHERE position = ?").Bind(1, after), row => row.Blob(0).ToArray()).SingleOrDefault();
            walk = hash is null ? new ChainWalk(0, HashChain.Origin) : new ChainWalk(after, hash);
            return true;
        }));

        bool more = head.Position > 0;
        while (more)
        {
            cancellationToken.ThrowIfCancellationRequested();
            read(connection => connection.Snapshot(snapshot => more = Page(snapshot, walk, head.Position, last > 0)));
            AfterPage?.Invoke();
        }

        walk.Finish(head, end);
        return walk;
    }

    private bool Page(ReaderConnection snapshot, ChainWalk walk, long head, bool tail)
    {
        List<long> started = [];
        bool more = walk.Read(snapshot, head, (instance, kind) =>
        {
            if (instance > 0 && tail)
            {
                _concerned.Add(instance);
            }
            else if (instance > 0 && kind == HistoryKind.ExecutionStarted)
            {
                started.Add(instance);
            }
        });
        started.ForEach(key => InstanceCheck.Missing(snapshot, key, _found));
        return more;
    }

    private IntegrityFindings Findings(ChainWalk walk)
    {
        List<Damage> all = [];
        read(connection => all = [.. walk.Damage.Select(damage => Name(connection, damage)), .. _found]);
        IReadOnlyList<Damage> open = [.. all.Where(damage => !walk.Acceptances.Any(accepted => accepted.Note.Covers(damage, accepted.Position)))];
        IReadOnlyList<AcceptedDamage> accepted = [.. walk.Acceptances.Select(row => new AcceptedDamage(row.Position, row.Time, row.Note.Who, row.Note.Reason, row.Note.Finding))];
        return new IntegrityFindings(walk.Rows, open, accepted, all);
    }

    private Damage Name(ReaderConnection connection, Damage damage)
    {
        if (damage.Kind == DamageKind.Changed && damage.Instance > 0)
        {
            return damage with { Rows = [new DamagedRow(WitnessCheck.IdOf(connection, damage.Instance), WitnessCheck.Describe(damage.Step, damage.From, "was changed"))] };
        }

        if (damage.Kind != DamageKind.Missing || Witness is null)
        {
            return damage;
        }

        IReadOnlyList<DamagedRow> rows = WitnessCheck.Named(connection, Witness, damage.From, damage.To, "is missing");
        return damage with { Rows = rows, Unnamed = damage.Unnamed - rows.Count };
    }
}

/// <param name="Damage">What nobody has accepted.</param>
/// <param name="All">That, and what was accepted.</param>
internal sealed record IntegrityFindings(long Rows, IReadOnlyList<Damage> Damage, IReadOnlyList<AcceptedDamage> Accepted, IReadOnlyList<Damage> All)
{
    public IntegrityReport Report => IntegrityReports.Of(Rows, Damage, Accepted);
}

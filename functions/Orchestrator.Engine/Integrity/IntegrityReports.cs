using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Integrity;

/// <summary>Puts what was found into words.</summary>
internal static class IntegrityReports
{
    public static IntegrityReport Of(long rows, IReadOnlyList<Damage> damage, IReadOnlyList<AcceptedDamage> accepted)
    {
        string past = accepted.Count == 0 ? "" : $" Damage was accepted {accepted.Count} time{(accepted.Count == 1 ? "" : "s")} before.";
        if (damage.Count == 0)
        {
            return new IntegrityReport(true, rows, null, $"History is intact: {rows:N0} rows.{past}") { Accepted = accepted };
        }

        string more = damage.Count == 1 ? "" : $" And {damage.Count - 1:N0} more things are wrong.";
        IReadOnlyList<InstanceDamage> instances = [.. damage.SelectMany(one => one.Rows)
            .GroupBy(row => row.InstanceId, row => row.What, StringComparer.Ordinal)
            .Select(instance => new InstanceDamage(instance.Key, [.. instance]))];
        return new IntegrityReport(false, rows, damage.Where(one => one.From > 0).Select(one => (long?)one.From).Min(), damage[0].Sentence + more + past)
        {
            Instances = instances,
            UnnamedRows = damage.Sum(one => one.Unnamed),
            Accepted = accepted,
            CanBeAccepted = damage.All(one => one.Kind != DamageKind.Store),
        };
    }
}

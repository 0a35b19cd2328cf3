using Orchestrator.Agents.Approvals;
using Orchestrator.Operations.Watching;

namespace Orchestrator.Local.Serving;

/// <summary>Walks the audit chain once after each start, beside the work, then looks at the cases every few minutes and announces decisions that could not be announced when they were stored.</summary>
internal sealed partial class Watching(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Watching> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Catching = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        CaseWatch watch = scope.ServiceProvider.GetRequiredService<CaseWatch>();
        ApprovalDesk desk = scope.ServiceProvider.GetRequiredService<ApprovalDesk>();

        // Reading is synchronous below: not on the thread that starts the other services.
        await TryAsync(() => watch.VerifyAuditAsync(stoppingToken), stoppingToken);
        while (true)
        {
            await Task.Delay(Every, clock, stoppingToken);
            await TryAsync(() => desk.AnnounceLeftBehindAsync(Catching, stoppingToken), stoppingToken);
            await TryAsync(() => watch.LookAsync(stoppingToken), stoppingToken);
        }
    }

    /// <summary>What only looks never stops the head.</summary>
    private async Task TryAsync(Func<Task> look, CancellationToken stoppingToken)
    {
        try
        {
            await Task.Run(look, stoppingToken);
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            Unseen(logger, failure);
        }
    }

    [LoggerMessage(6101, LogLevel.Error, "The cases could not be looked at for what needs a person; this is tried again in a few minutes.")]
    private static partial void Unseen(ILogger logger, Exception failure);
}

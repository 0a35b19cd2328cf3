using Orchestrator.Agents.Inbox;

namespace Orchestrator.Operations.Tests.Hosting;

/// <summary>Announced messages in memory, by resource.</summary>
internal sealed class TestMailbox : IMailbox
{
    public Dictionary<string, SupportMail> Messages { get; } = [];

    /// <summary>What fetching a resource fails with.</summary>
    public Dictionary<string, Exception> Failures { get; } = [];

    public Task<SupportMail?> FetchAsync(string resource, CancellationToken cancellationToken) =>
        Failures.TryGetValue(resource, out Exception? failure) ? Task.FromException<SupportMail?>(failure) : Task.FromResult(Messages.GetValueOrDefault(resource));

    public Task<DateTimeOffset> SubscribeAsync(Uri notificationUrl, string clientState, CancellationToken cancellationToken) => Task.FromResult(DateTimeOffset.UnixEpoch);
}

using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;

namespace Orchestrator.Agents.Understanding;

/// <summary>Understands a mail. Whoever implements it never guesses: what is not clear is <see cref="Reading.ForAPerson"/>.</summary>
public interface IMailReading
{
    /// <summary>Whether reading goes outside and needs the key <c>model-gateway</c>.</summary>
    bool UsesModel { get; }

    /// <param name="call">The key and the record to note the route on; null when <see cref="UsesModel"/> is false.</param>
    /// <exception cref="OutsideFailureException">The model could not be asked.</exception>
    Task<Reading> ReadAsync(SupportMail mail, ActCall? call, CancellationToken cancellationToken);
}

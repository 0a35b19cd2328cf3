using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Mail;
using Orchestrator.Connectors.Wire;

namespace Orchestrator.Connectors.Mail;

/// <summary>
/// The two requests to Communication Services. What came back is an answer, whatever its status; a request without one throws as
/// <see cref="OutsideWire.SendAsync"/> does.
/// </summary>
internal interface ICommunicationServicesWire
{
    /// <summary><c>GET /emails/operations/{id}</c></summary>
    Task<OutsideAnswer> LookUpAsync(ActCall call, string operation, CancellationToken cancellationToken);

    /// <summary><c>POST /emails:send</c> with the mail's own id as the operation's.</summary>
    Task<OutsideAnswer> PostAsync(ActCall call, OutgoingMail mail, CancellationToken cancellationToken);
}

using System.Net;
using Orchestrator.Connectors.Wire;

namespace Orchestrator.AzureFunctions.Payments;

/// <summary>
/// The sendings of one request by a client that retries by itself. The last answer alone does not tell what became of those before: a refund whose first answer
/// was lost may have been made, though the second sending is told to wait or reaches nobody.
/// </summary>
internal sealed class Sendings(HttpMessageHandler connections) : DelegatingHandler(connections)
{
    private bool _lastMayHaveHappened;

    /// <summary>Whether a sending before the last may have been carried out.</summary>
    public bool SentBefore { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        SentBefore |= _lastMayHaveHappened;
        _lastMayHaveHappened = true;
        try
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            _lastMayHaveHappened = !IsRefusal(response.StatusCode);
            return response;
        }
        catch (HttpRequestException exception) when (OutsideWire.NeverLeft(exception))
        {
            _lastMayHaveHappened = false;
            throw;
        }
    }

    private static bool IsRefusal(HttpStatusCode status) => (int)status is >= 300 and < 500 and not 424;
}

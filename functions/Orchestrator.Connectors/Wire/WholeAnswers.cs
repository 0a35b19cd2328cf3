namespace Orchestrator.Connectors.Wire;

/// <summary>Reads each answer to its end before it hands it on, and breaks off one that is longer than <paramref name="largest"/> bytes.</summary>
internal sealed class WholeAnswers(long largest) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(largest, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}

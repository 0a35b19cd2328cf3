using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using Orchestrator.Connectors.Wire;

namespace Orchestrator.AzureFunctions.Mail;

/// <summary>Keeps the answer to the one request of a client, so that it is judged as it came and not by what the package made of it.</summary>
internal sealed class AnswerKept : HttpPipelineSynchronousPolicy
{
    /// <summary>Null as long as none came.</summary>
    public OutsideAnswer? Answer { get; private set; }

    public override void OnReceivedResponse(HttpMessage message)
    {
        using var copy = new HttpResponseMessage();
        foreach (HttpHeader header in message.Response.Headers)
        {
            copy.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        Answer = new((HttpStatusCode)message.Response.Status, copy.Headers, message.Response.Content.ToString());
    }
}

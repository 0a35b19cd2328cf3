using Azure.Core;
using Azure.Core.Pipeline;

namespace Orchestrator.Connectors.Tests.Records.Tables;

/// <summary>A connection that breaks after a transaction was carried out and before its answer came.</summary>
internal sealed class LostAnswers : HttpPipelinePolicy
{
    private int _toLose;

    /// <summary>The answer to the next transaction is lost.</summary>
    public void LoseNext() => _toLose = 1;

    public bool Lost => _toLose == 0;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal) && _toLose-- > 0)
        {
            throw new IOException("The connection broke.");
        }
    }
}

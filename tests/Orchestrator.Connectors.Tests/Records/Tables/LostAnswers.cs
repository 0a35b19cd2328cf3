using Azure.Core;
using Azure.Core.Pipeline;

namespace Orchestrator.Connectors.Tests.Records.Tables;

/// <summary>A connection that breaks after a transaction was carried out and before its answer came.</summary>
internal sealed class LostAnswers : HttpPipelinePolicy
{
    private volatile bool _loseNext;

    /// <summary>Whether an answer was lost since that was asked for.</summary>
    public bool Lost => !_loseNext;

    /// <summary>The answer to the next transaction is lost.</summary>
    public void LoseNext() => _loseNext = true;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal) && _loseNext)
        {
            _loseNext = false;
            throw new IOException("The connection broke.");
        }
    }
}

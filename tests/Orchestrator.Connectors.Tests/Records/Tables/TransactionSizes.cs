using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Orchestrator.Connectors.Tests.Records.Tables;

/// <summary>How large the transactions of a client are on the wire: the emulator takes larger ones than the service.</summary>
internal sealed class TransactionSizes : HttpPipelinePolicy
{
    public ConcurrentQueue<long> Bytes { get; } = [];

    /// <summary>What every transaction waits for before it is sent.</summary>
    public Task Before { get; set; } = Task.CompletedTask;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal) && message.Request.Content!.TryComputeLength(out long length))
        {
            Bytes.Enqueue(length);
            await Before;
        }

        await ProcessNextAsync(message, pipeline);
    }
}

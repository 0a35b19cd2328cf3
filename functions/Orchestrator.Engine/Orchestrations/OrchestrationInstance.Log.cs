using Microsoft.Extensions.Logging;

namespace Orchestrator.Engine.Orchestrations;

internal sealed partial class OrchestrationInstance
{
    [LoggerMessage(10, LogLevel.Error, "Instance {InstanceId}: {Sentence}")]
    private static partial void LogNonDeterministic(ILogger logger, string instanceId, string sentence);

    [LoggerMessage(11, LogLevel.Error, "Instance {InstanceId}: orchestrator {Name} awaited a task that is not of its context. It is failed.")]
    private static partial void LogForeign(ILogger logger, string instanceId, string name);

    [LoggerMessage(12, LogLevel.Error, "Instance {InstanceId}: its history cannot be run. It is failed.")]
    private static partial void LogUnreadable(ILogger logger, string instanceId, Exception failure);
}

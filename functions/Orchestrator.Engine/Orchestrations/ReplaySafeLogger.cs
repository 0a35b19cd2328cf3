using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Engine.Orchestrations;

/// <summary>Says nothing while history is replayed: it was said the first time.</summary>
internal sealed class ReplaySafeLogger(IOrchestrationContext context, ILogger logger) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => !context.IsReplaying && logger.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!context.IsReplaying)
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}

using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Orchestrator.Agents;
using Orchestrator.Operations;

namespace Orchestrator.AzureFunctions.Telemetry;

/// <summary>
/// Traces, metrics and logs of host and worker as one, by OpenTelemetry (learn.microsoft.com/azure/azure-functions/opentelemetry-howto): to Application Insights where its connection
/// string is set, to any collector where OTEL_EXPORTER_OTLP_ENDPOINT is.
/// </summary>
internal static class TelemetryServices
{
    public static void AddTelemetry(this IServiceCollection services)
    {
        IOpenTelemetryBuilder telemetry = services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(traces => traces.AddSource(AgentsTelemetry.Name).AddHttpClientInstrumentation())
            .WithMetrics(metrics => metrics.AddMeter(AgentsTelemetry.Name, OperationsTelemetry.Name));
        // The case's id is in a scope; see CaseScope.
        services.Configure<OpenTelemetryLoggerOptions>(log => log.IncludeScopes = true);
        if (IsSet("APPLICATIONINSIGHTS_CONNECTION_STRING"))
        {
            telemetry.UseAzureMonitorExporter(monitor =>
            {
                // Where the resource takes no key, the host is told so by this setting, and so is the worker.
                if (IsSet("APPLICATIONINSIGHTS_AUTHENTICATION_STRING"))
                {
                    monitor.Credential = new DefaultAzureCredential();
                }
            });
        }

        if (IsSet("OTEL_EXPORTER_OTLP_ENDPOINT"))
        {
            telemetry.UseOtlpExporter();
        }

        if (!IsSet("APPLICATIONINSIGHTS_CONNECTION_STRING") && !IsSet("OTEL_EXPORTER_OTLP_ENDPOINT"))
        {
            // With OpenTelemetry the worker tells the host nothing of its own log: where nobody collects it, it would be lost.
            services.AddLogging(logging => logging.AddSimpleConsole(console => console.SingleLine = true).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Azure", LogLevel.Warning).AddFilter("System", LogLevel.Warning));
        }
    }

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };
}

using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Orchestrator.Agents;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.AzureFunctions.Telemetry;
using Orchestrator.Connectors.Settings;

namespace Orchestrator.AzureFunctions;

/// <summary>The worker process, from its settings to its end.</summary>
public static class HeadProcess
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    /// <param name="register">All tasks, where there are others beside the agent's own; their functions are in the caller's assembly.</param>
    /// <returns>1 when the settings, the keys or the storage are none to start with: a sentence for each is on standard error.</returns>
    public static async Task<int> RunAsync(string[] args, Func<TaskRegistry>? register = null)
    {
        try
        {
            TaskRegistry tasks = (register ?? AgentTasks.Register)();
            using var starting = new CancellationTokenSource(LongestStart);
            Head head = await Head.OpenAsync(AzureSettings.Read(Environment.GetEnvironmentVariables()), TimeProvider.System, starting.Token);
            FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
            builder.ConfigureFunctionsWebApplication();
            builder.UseMiddleware<CaseScope>();
            head.AddTo(builder.Services, tasks);
            builder.Services.AddTelemetry();
            await builder.Build().RunAsync();
            return 0;
        }
        catch (Exception refused) when (refused is SettingsException or OutsideFailureException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }
}

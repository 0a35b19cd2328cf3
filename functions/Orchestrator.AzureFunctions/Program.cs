using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Orchestrator.Agents.Governance;
using Orchestrator.AzureFunctions;
using Orchestrator.AzureFunctions.Telemetry;
using Orchestrator.Connectors.Settings;

try
{
    using var starting = new CancellationTokenSource(TimeSpan.FromSeconds(60));
    Head head = await Head.OpenAsync(AzureSettings.Read(Environment.GetEnvironmentVariables()), TimeProvider.System, starting.Token);
    FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    builder.UseMiddleware<CaseScope>();
    head.AddTo(builder.Services);
    builder.Services.AddTelemetry();
    await builder.Build().RunAsync();
    return 0;
}
catch (Exception refused) when (refused is SettingsException or OutsideFailureException)
{
    // A sentence for each thing that is wrong; the host shows what its worker writes here.
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}

using Orchestrator.Connectors.Sandboxes;
using Orchestrator.Connectors.Settings;
using Orchestrator.Local.Settings;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Doctor;

/// <summary>All checks, from the settings outward. One that fails does not keep the next from running.</summary>
internal static class Examination
{
    public static async Task<Diagnosis> RunAsync(StateFolder folder, string? settingsFile, TimeProvider clock, CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        SharedSettings? settings = ReadSettings(folder, settingsFile, findings);
        findings.AddRange(StateChecks.Run(folder));
        findings.AddRange(await IntegrityChecks.RunAsync(folder, cancellationToken));
        findings.AddRange(await HubChecks.RunAsync(folder, clock, cancellationToken));
        if (settings is not null)
        {
            findings.AddRange(SignInChecks.Run(settings));
            findings.Add(PolicyChecks.Run(settings.Policy.File ?? folder.Policy));
            findings.AddRange(await OutsideAsync(settings, folder, clock, cancellationToken));
        }

        return new(findings, findings.Count(finding => finding.Health == Health.Wrong));
    }

    private static SharedSettings? ReadSettings(StateFolder folder, string? file, List<Finding> findings)
    {
        try
        {
            SharedSettings settings = LocalSettings.Read(folder, file, Environment.GetEnvironmentVariables()).Shared;
            string played = string.Join(", ", settings.Played);
            findings.Add(Finding.Good("settings", played.Length == 0 ? "Everything is real." : $"The sandbox plays {played}."));
            return settings;
        }
        catch (SettingsException wrong)
        {
            findings.AddRange(wrong.Message.Split(Environment.NewLine).Select(fault => Finding.Wrong("settings", fault, "Mend it in the settings file or the environment; local.settings.sample.json shows every setting.")));
            return null;
        }
    }

    private static async Task<IReadOnlyList<Finding>> OutsideAsync(SharedSettings settings, StateFolder folder, TimeProvider clock, CancellationToken cancellationToken)
    {
        SandboxFile sandbox = SandboxFile.None;
        if (settings.UsesSandbox)
        {
            string path = settings.Sandbox.AddressFile ?? folder.SandboxAddresses;
            if (!File.Exists(path) || (settings.Sandbox.AddressFile is null && ServingEndpoint.Read(folder) is null))
            {
                return [Finding.Note("sandbox", "It does not run, so keys, mail and Teams were not looked at.", $"Start the orchestrator, then run doctor again: {Commands.Invocation.Command(folder, "")}")];
            }

            sandbox = SandboxFile.Read(path);
        }

        return await new OutsideChecks(settings, sandbox, clock).RunAsync(cancellationToken);
    }
}

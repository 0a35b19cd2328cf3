using System.Collections;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Settings;

/// <summary>Reads and checks all settings at once, so that one start tells everything that is wrong.</summary>
internal static class SettingsReader
{
    private static readonly string[] Known = ["Web", "SignIn", "Stripe", "Keys", "Mail", "Teams", "Model", "Mailbox", "Policy", "Sandbox", "TaskHub"];

    /// <param name="file">From <c>--settings</c>; null: <c>local.settings.json</c> in the state folder, if there is one.</param>
    /// <exception cref="LocalException">Something is wrong: one sentence for each.</exception>
    public static LocalSettings Read(StateFolder folder, string? file, IDictionary environment)
    {
        string path = Path.GetFullPath(file ?? folder.Settings);
        var source = SettingsSource.Load(path, mustExist: file is not null, environment);
        var settings = Read(source, Path.GetDirectoryName(path)!, out IReadOnlyList<SettingsFault> faults);
        return faults.Count == 0
            ? settings
            : throw new LocalException(string.Join(Environment.NewLine, faults.Select(fault => fault.ToString())));
    }

    public static LocalSettings Read(SettingsSource source, string folder, out IReadOnlyList<SettingsFault> faults)
    {
        List<SettingsFault> found = [.. source.Sections
            .Where(name => !Known.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(name => new SettingsFault(name, $"is no section; there are {string.Join(", ", Known)}", null))];

        var settings = new LocalSettings(
            Section("Web", WebSettings.Read),
            Section("SignIn", SignInSettings.Read),
            Optional("Stripe", StripeSettings.Read),
            Optional("Keys", KeySettings.Read),
            Optional("Mail", MailSettings.Read),
            Optional("Teams", TeamsSettings.Read),
            Optional("Model", ModelSettings.Read),
            Optional("Mailbox", MailboxSettings.Read),
            Section("Policy", PolicySettings.Read),
            Section("Sandbox", SandboxSettings.Read),
            Section("TaskHub", TaskHubSettings.Read));
        found.AddRange(SettingsTogether.Check(settings));
        faults = found;
        return settings;

        T Section<T>(string name, Func<SettingsSection, T> read)
        {
            var section = new SettingsSection(name, source.Section(name), folder, found);
            T value = read(section);
            section.RefuseTheRest();
            return value;
        }

        T? Optional<T>(string name, Func<SettingsSection, T> read)
            where T : class =>
            source.Sections.Contains(name, StringComparer.OrdinalIgnoreCase) ? Section(name, read) : null;
    }
}

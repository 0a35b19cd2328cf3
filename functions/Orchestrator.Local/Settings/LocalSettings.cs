using System.Collections;
using Orchestrator.Connectors.Settings;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Settings;

/// <summary>All settings of this head, checked: what every head reads, and what only one that listens and has an engine of its own does.</summary>
internal sealed record LocalSettings(WebSettings Web, SharedSettings Shared, TaskHubSettings TaskHub)
{
    /// <param name="file">From <c>--settings</c>; null: <c>local.settings.json</c> in the state folder, if there is one.</param>
    /// <exception cref="SettingsException">Something is wrong: one sentence for each.</exception>
    public static LocalSettings Read(StateFolder folder, string? file, IDictionary environment)
    {
        var reader = SettingsReader.Open(file ?? folder.Settings, mustExist: file is not null, environment);
        WebSettings web = reader.Section("Web", WebSettings.Read);
        var shared = SharedSettings.Read(reader, web.PublicAddress);
        var settings = new LocalSettings(web, shared, reader.Section("TaskHub", TaskHubSettings.Read));
        if (shared.SignIn.Kind == SignInKind.Development && !web.IsLoopback)
        {
            reader.Fault("SignIn.Kind", "is development, which proves nobody's identity, so it serves on loopback only: put an authenticating proxy before it (\"proxy\"), or take out Web.Listen and Web.PublicAddress");
        }

        if (shared.SignIn.Kind == SignInKind.AppService)
        {
            reader.Fault("SignIn.Kind", "is appService, but nothing of App Service stands before this head, so that anybody could forge its headers: put an authenticating proxy before it (\"proxy\")");
        }

        reader.ThrowIfFaulty();
        return settings;
    }
}

using System.Collections;
using Orchestrator.Connectors.Settings;

namespace Orchestrator.Connectors.Tests.Settings;

/// <summary>Reads settings as a head does that neither listens by itself nor has an engine of its own.</summary>
internal static class OtherHead
{
    public static SharedSettings Read(string json, Hashtable? environment = null, TemporaryFolder? folder = null)
    {
        using TemporaryFolder? own = folder is null ? new() : null;
        string file = (folder ?? own!).File("local.settings.json");
        File.WriteAllText(file, json);
        return Read(SettingsReader.Open(file, mustExist: true, environment ?? []));
    }

    public static SharedSettings Read(SettingsReader reader)
    {
        Uri? publicAddress = reader.Section("Web", web =>
        {
            web.Refuse("Listen", "is for a head that listens by itself; here the platform does");
            web.Refuse("Port", "is for a head that listens by itself; here the platform does");
            return SharedSettings.ReadPublicAddress(web);
        });
        reader.Refuse("TaskHub", "is the embedded engine's; here host.json says it");
        var settings = SharedSettings.Read(reader, publicAddress);
        reader.ThrowIfFaulty();
        return settings;
    }

    /// <summary>A sentence each.</summary>
    public static IReadOnlyList<string> Faults(string json, Hashtable? environment = null)
    {
        try
        {
            _ = Read(json, environment);
            return [];
        }
        catch (SettingsException wrong)
        {
            return wrong.Message.Split(Environment.NewLine);
        }
    }
}

using System.Text.Json.Nodes;

namespace Orchestrator.EndToEnd.Tests.Running;

/// <summary>A key file as its owner keeps it: one more version of a name is a rotation.</summary>
internal sealed class KeyFile(string path)
{
    private readonly JsonObject _keys = [];

    public string Path => path;

    /// <summary>Adds a version; the file is exchanged whole, so that a reader sees the old one or the new one.</summary>
    public KeyFile Add(string name, string value)
    {
        if (_keys[name] is not JsonArray versions)
        {
            _keys[name] = versions = [];
        }

        versions.Add(new JsonObject { ["version"] = $"{versions.Count + 1}", ["value"] = value });
        string next = path + ".next";
        File.WriteAllText(next, _keys.ToJsonString());
        SetMode(next, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(next, path, overwrite: true);
        return this;
    }

    /// <summary>Lets others read it, which nobody should.</summary>
    public KeyFile OpenToOthers()
    {
        SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        return this;
    }

    private static void SetMode(string file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }
    }
}

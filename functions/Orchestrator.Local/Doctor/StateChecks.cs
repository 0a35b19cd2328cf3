using Orchestrator.Local.State;

namespace Orchestrator.Local.Doctor;

/// <summary>Whether anybody but the owner can get at the state.</summary>
internal static class StateChecks
{
    public static IEnumerable<Finding> Run(StateFolder folder)
    {
        if (!Directory.Exists(folder.Path))
        {
            yield return Finding.Note("state", $"There is no state folder {folder.Path} yet.", "The first start makes it.");
            yield break;
        }

        if (OperatingSystem.IsWindows())
        {
            yield return Finding.Good("state", $"{folder.Path}; its rights are inherited from your profile.");
            yield break;
        }

        if (PrivateFile.IsOpenToOthers(folder.Path))
        {
            yield return Finding.Wrong("state", $"{folder.Path} is open to other users.", $"chmod 700 '{folder.Path}'");
        }

        string[] open = [.. Directory.EnumerateFiles(folder.Path).Where(file => file != folder.Policy && file != folder.Settings && PrivateFile.IsOpenToOthers(file))];
        foreach (string file in open)
        {
            yield return Finding.Wrong("state", $"{file} is open to other users.", $"chmod 600 '{file}'");
        }

        if (open.Length == 0 && !PrivateFile.IsOpenToOthers(folder.Path))
        {
            yield return Finding.Good("state", $"{folder.Path} is yours alone.");
        }
    }
}

using Orchestrator.Local.State;

namespace Orchestrator.Local.Commands;

/// <summary>How this executable is called, so that a sentence can end with the command to type.</summary>
internal static class Invocation
{
    /// <summary>The executable as it can be typed from here.</summary>
    public static string Name
    {
        get
        {
            string executable = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "orchestrator.exe" : "orchestrator");
            if (!File.Exists(executable))
            {
                return "dotnet " + Quote(Shorten(Path.Combine(AppContext.BaseDirectory, "orchestrator.dll")));
            }

            string shortest = Shorten(executable);
            return Quote(shortest.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? shortest : "." + Path.DirectorySeparatorChar + shortest);
        }
    }

    /// <summary>A command with the state folder, where that is not the default one.</summary>
    public static string Command(StateFolder folder, string verb)
    {
        bool implied = folder.Path == StateFolder.Choose(null).Path;
        return $"{Name} {verb}{(implied ? "" : " --state " + Quote(folder.Path))}".Replace("  ", " ", StringComparison.Ordinal);
    }

    /// <summary>What starts another process of this executable.</summary>
    public static (string FileName, IReadOnlyList<string> Arguments) Again(IEnumerable<string> arguments)
    {
        string host = Environment.ProcessPath ?? throw new InvalidOperationException("This process has no path.");
        bool isHost = Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return (host, isHost ? [Path.Combine(AppContext.BaseDirectory, "orchestrator.dll"), .. arguments] : [.. arguments]);
    }

    public static string Quote(string text) =>
        text.All(letter => char.IsAsciiLetterOrDigit(letter) || "/\\._-:@%+=".Contains(letter, StringComparison.Ordinal)) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Shorten(string path)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}

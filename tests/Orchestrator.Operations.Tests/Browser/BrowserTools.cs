namespace Orchestrator.Operations.Tests.Browser;

/// <summary>Where Chromium and axe-core are: by environment variable, by Debian's place, or in a <c>node_modules</c> above the tests.</summary>
internal static class BrowserTools
{
    public static string? Chromium { get; } =
        new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    public static string? Axe { get; } = FindAxe();

    private static string? FindAxe()
    {
        if (Environment.GetEnvironmentVariable("AXE_CORE") is { } named && File.Exists(named))
        {
            return named;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine(folder.FullName, "node_modules", "axe-core", "axe.min.js");
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }
}

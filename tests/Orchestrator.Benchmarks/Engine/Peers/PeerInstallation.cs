using System.Diagnostics;

namespace Orchestrator.Benchmarks.Engine.Peers;

/// <summary>Gets the peers from npm into a folder that goes with the benchmark. PostgreSQL is taken where it is: a benchmark installs nothing on a system.</summary>
internal static class PeerInstallation
{
    private const string RestateServer = "1.7.12";
    private const string RestateSdk = "1.17.2";
    private const string Dbos = "5.3.0";

    public static async Task<IReadOnlyList<Peer>> RunAsync(string folder)
    {
        foreach (string script in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Engine", "Peers"), "*.mjs"))
        {
            File.Copy(script, Path.Combine(folder, Path.GetFileName(script)));
        }

        string? restate = await InstallAsync(folder, $"@restatedev/restate-server@{RestateServer}", $"@restatedev/restate-sdk@{RestateSdk}");
        string? dbos = FindPostgres() ? await InstallAsync(folder, $"@dbos-inc/dbos-sdk@{Dbos}") : "PostgreSQL's initdb is not here; Debian has it in the package postgresql.";
        return
        [
            Peer.Script("restate", $"Restate {RestateServer}, SDK {RestateSdk}", restate, Path.Combine(folder, "restate.mjs")),
            Peer.Script("dbos", $"DBOS {Dbos}{(dbos is null ? ", " + await PostgresVersionAsync() : "")}", dbos, Path.Combine(folder, "dbos.mjs")),
        ];
    }

    /// <returns>Why not, or null.</returns>
    private static async Task<string?> InstallAsync(string folder, params string[] packages)
    {
        if (!Tools.Has("node") || !Tools.Has("npm"))
        {
            return "Node.js and npm are not here.";
        }

        Progress.Say($"peers: installing {string.Join(" and ", packages)}");
        (int exit, _, string errors) = await RunAsync("npm", ["install", .. packages, "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]);
        return exit == 0 ? null : $"npm could not install {string.Join(" and ", packages)}: {errors.Trim()}";
    }

    /// <summary>Debian keeps the server's programs off the path.</summary>
    private static bool FindPostgres()
    {
        const string Debian = "/usr/lib/postgresql";
        if (!Tools.Has("initdb") && Directory.Exists(Debian) && Directory.GetDirectories(Debian).Order(StringComparer.Ordinal).LastOrDefault() is { } newest)
        {
            Environment.SetEnvironmentVariable("PATH", $"{newest}/bin{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}");
        }

        return Tools.Has("initdb") && Tools.Has("postgres");
    }

    private static async Task<string> PostgresVersionAsync() => (await RunAsync("postgres", ["--version"])).Output.Trim().Replace("postgres (PostgreSQL)", "PostgreSQL", StringComparison.Ordinal);

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(string program, IEnumerable<string> arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }
}

using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using Azure.Data.Tables;
using Orchestrator.Connectors.Tests.Wire;

namespace Orchestrator.Connectors.Tests.Records.Tables;

/// <summary>
/// Azurite, the official emulator, as a process of its own on a free loopback port with nothing on disk; started once for all classes of its collection.
/// Seen to differ from the real service (github.com/Azure/Azurite): one thread carries out one request after the other, so that transactions never overlap; it never
/// throttles, never splits a page early, knows no roles for tables, and does not hold its clients to all limits of size.
/// </summary>
public sealed class Azurite : IAsyncLifetime
{
    /// <summary>Not beginning with the name of a table: the client takes that part of a path for the table.</summary>
    private const string Account = "emulated";

    private static readonly string? Script = FindScript();

    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
    private readonly TemporaryFolder _folder = new();
    private Process? _process;
    private Uri? _address;

    /// <summary>Why tests that need it are skipped; null when they run.</summary>
    public static string? WhyNot => Script is null ? "Azurite is not installed; .ci/run installs it." : null;

    /// <summary>A client as a head makes one.</summary>
    /// <param name="key">Another key than the account's.</param>
    internal TableServiceClient Service(TableClientOptions? options = null, string? key = null) => new(
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={key ?? _key};TableEndpoint={_address}{Account};",
        options ?? new());

    public async Task InitializeAsync()
    {
        for (int attempt = 1; Script is not null && !await StartAsync(); attempt++)
        {
            Assert.True(attempt < 3, "Azurite ended, or listened on no port, three times in a row.");
        }
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private async Task<bool> StartAsync()
    {
        _address = WireServer.NobodyThere();
        var start = new ProcessStartInfo("node")
        {
            ArgumentList = { Script!, "--tableHost", "127.0.0.1", "--tablePort", $"{_address.Port}", "--inMemoryPersistence", "--skipApiVersionCheck", "--silent", "--disableTelemetry" },
            Environment = { ["AZURITE_ACCOUNTS"] = $"{Account}:{_key}" },
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var limit = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (int look = 0; look < 300 && !_process.HasExited && await limit.WaitForNextTickAsync(); look++)
        {
            if (await ListensAsync(_address.Port))
            {
                return true;
            }
        }

        await StopAsync();
        return false;
    }

    private async Task StopAsync()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }
    }

    private static async Task<bool> ListensAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string? FindScript()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string script = Path.Combine(folder.FullName, "node_modules", "azurite", "dist", "src", "table", "main.js");
            if (File.Exists(script))
            {
                return script;
            }
        }

        return null;
    }
}

[CollectionDefinition(Name)]
public sealed class AzuriteGroup : ICollectionFixture<Azurite>
{
    public const string Name = "Azurite";
}

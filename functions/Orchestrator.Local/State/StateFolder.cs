namespace Orchestrator.Local.State;

/// <summary>The one folder in which an orchestrator keeps all it knows. Mode 700; every file in it that holds a secret or a person's data is mode 600.</summary>
internal sealed class StateFolder
{
    public const string Variable = "ORCHESTRATOR_STATE";

    private StateFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>The embedded engine's task hub.</summary>
    public string Hub => In("hub.db");

    /// <summary>Case files, approvals and the audit log.</summary>
    public string Records => In("records.db");

    /// <summary>What the last backup was.</summary>
    public string LastBackup => In("last-backup.json");

    public string Policy => In("refund-policy.yaml");

    public string Settings => In("local.settings.json");

    /// <summary>Where the running process is reached.</summary>
    public string Endpoint => In("endpoint.json");

    public string OperatorToken => In("operator-token");

    /// <summary>The development sign-in's present code.</summary>
    public string SignInCode => In("sign-in-code");

    /// <summary>Which ports were taken, so that addresses stay over restarts.</summary>
    public string Ports => In("ports.json");

    public string LockFile => In("lock");

    /// <summary>What the stand-ins know.</summary>
    public string Sandbox => In("sandbox");

    /// <summary>Where the stand-ins are and how they let in.</summary>
    public string SandboxAddresses => In("sandbox-addresses.json");

    /// <summary>For which addresses the sandbox was filled with keys.</summary>
    public string SandboxFilled => In("sandbox-filled");

    /// <summary>Protects sessions and forms over restarts.</summary>
    public string KeyRing => In("keyring");

    /// <summary>What Microsoft Graph repeats in each notification.</summary>
    public string GraphClientState => In("graph-client-state");

    /// <summary>The folder named by <paramref name="option"/>, else by the environment, else the user's own.</summary>
    public static StateFolder Choose(string? option)
    {
        string path = option is { Length: > 0 } ? option
            : Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named
            : DefaultPath;
        return new(System.IO.Path.GetFullPath(path));
    }

    public static string DefaultPath
    {
        get
        {
            string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return System.IO.Path.Combine(data.Length > 0 ? data : System.IO.Path.GetTempPath(), "orchestrator");
        }
    }

    public bool IsDefault => Path == System.IO.Path.GetFullPath(DefaultPath);

    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the folder, or closes an older one of ours to others.</summary>
    /// <exception cref="LocalException">It holds something else's files, or cannot be made.</exception>
    public void Create()
    {
        if (Directory.Exists(Path) && PrivateFile.IsOpenToOthers(Path) && !File.Exists(LockFile) && Directory.EnumerateFileSystemEntries(Path).Any())
        {
            throw new LocalException(
                $"The folder {Path} is open to other users and holds files that are not the orchestrator's. Choose an empty folder with --state, or close this one: chmod 700 '{Path}'.");
        }

        try
        {
            PrivateFile.CreateFolder(Path);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new LocalException($"The state folder {Path} cannot be made: {refused.Message} Choose another with --state.", refused);
        }
    }
}

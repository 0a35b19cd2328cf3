using System.Security.Cryptography;
using Orchestrator.Connectors.Records;

namespace Orchestrator.AzureFunctions.Development;

/// <summary>
/// On a machine of one's own: the state folder that the local head uses too (<c>ORCHESTRATOR_STATE</c>, else the user's own), so that the command line finds its tokens
/// and the sandbox its address. Nothing of it exists in Azure.
/// </summary>
internal sealed class DevelopmentFolder
{
    private readonly string _path;

    private DevelopmentFolder(string path) => _path = path;

    public string SignInCode => In("sign-in-code");

    /// <summary>Where the sandbox says how it is reached, unless <c>Sandbox.AddressFile</c> names another file.</summary>
    public string SandboxAddresses => In("sandbox-addresses.json");

    /// <summary>Keeps the sandbox's addresses here, wherever they were said: whoever works with this head finds them by this folder.</summary>
    public void KeepSandboxAddresses(string file)
    {
        if (Path.GetFullPath(file) == SandboxAddresses || !File.Exists(file))
        {
            return;
        }

        OwnerOnly.Ensure(SandboxAddresses);
        File.WriteAllText(SandboxAddresses, File.ReadAllText(file));
    }

    /// <summary>Made, or taken as it is; for its owner alone.</summary>
    public static DevelopmentFolder Open()
    {
        string path = Environment.GetEnvironmentVariable("ORCHESTRATOR_STATE") is { Length: > 0 } named
            ? Path.GetFullPath(named)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "orchestrator");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new(path);
    }

    /// <summary>The token with which the command line of this machine reads; made once.</summary>
    public string OperatorToken()
    {
        string file = In("operator-token");
        if (File.Exists(file) && File.ReadAllText(file).Trim() is { Length: >= 32 } known)
        {
            return known;
        }

        string made = RandomNumberGenerator.GetHexString(64, lowercase: true);
        OwnerOnly.Ensure(file);
        File.WriteAllText(file, made);
        return made;
    }

    private string In(string name) => Path.Combine(_path, name);
}

using System.Security.Cryptography;

namespace Orchestrator.Local.State;

/// <summary>A secret of this machine's own, made once and kept in the state folder.</summary>
internal static class OwnSecret
{
    public static string Keep(string path)
    {
        if (PrivateFile.ReadOrNull(path) is { Length: >= 32 } known && !PrivateFile.IsOpenToOthers(path))
        {
            return known;
        }

        string made = RandomNumberGenerator.GetHexString(64, lowercase: true);
        PrivateFile.Write(path, made);
        return made;
    }
}

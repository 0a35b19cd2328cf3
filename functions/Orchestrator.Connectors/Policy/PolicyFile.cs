using Orchestrator.Agents.Refunds.Policy;

namespace Orchestrator.Connectors.Policy;

/// <summary>
/// The policy in <c>refund-policy.yaml</c>. The file is read on every decision (it is small) and understood anew when its bytes changed, so an edit takes
/// effect at once. A broken or missing file fails every decision with its sentence until it is mended: going on with the rules of yesterday would refund
/// under a policy that somebody has just withdrawn, and nobody would see it.
/// </summary>
public sealed class PolicyFile(string path) : IRefundPolicySource
{
    private const int LargestFile = 1024 * 1024;
    private readonly Lock _gate = new();
    private byte[]? _bytes;
    private RefundPolicy? _policy;

    public RefundPolicy Current()
    {
        byte[] bytes = Read();
        lock (_gate)
        {
            if (_policy is null || !bytes.AsSpan().SequenceEqual(_bytes))
            {
                _policy = null;
                _policy = PolicyLoader.Load(Path.GetFileName(path), bytes);
                _bytes = bytes;
            }

            return _policy;
        }
    }

    /// <summary>Writes the built-in policy to <paramref name="path"/> unless a file is there.</summary>
    /// <returns>False when one was there.</returns>
    public static bool WriteDefault(string path)
    {
        if (File.Exists(path))
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using Stream from = DefaultText();
        using var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        from.CopyTo(to);
        return true;
    }

    internal static Stream DefaultText() =>
        typeof(PolicyFile).Assembly.GetManifestResourceStream("refund-policy.yaml") ?? throw new InvalidOperationException("The built-in refund-policy.yaml is not in this assembly.");

    private byte[] Read()
    {
        try
        {
            var file = new FileInfo(path);
            return file is { Exists: true, Length: > LargestFile }
                ? throw new PolicyFileException($"{file.Name} is larger than {LargestFile / 1024} KiB: that is no refund policy.")
                : File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PolicyFileException($"The refund policy {path} can't be read: {exception.Message} Nothing is decided until it is there.", exception);
        }
    }
}

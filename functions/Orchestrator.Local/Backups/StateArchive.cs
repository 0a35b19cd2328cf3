using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Backups;

/// <summary>A backup is one tar file: a manifest and, behind it, the files that it names.</summary>
internal static class StateArchive
{
    public const string Hub = "hub.db";
    public const string Records = "records.db";
    public const string AuditHead = "records.audit-head";

    private const string Manifest = "manifest.json";

    private static readonly string[] Names = [Hub, Records, AuditHead];

    public static IReadOnlyList<BackedUpFile> Describe(string folder) => [.. Names.Select(name => Describe(folder, name))];

    public static async Task WriteAsync(string folder, BackupManifest manifest, string target, CancellationToken cancellationToken)
    {
        PrivateFile.Write(Path.Combine(folder, Manifest), JsonSerializer.Serialize(manifest, LocalJson.Default.BackupManifest));
        await using FileStream file = new(target, PrivateFile.Options(FileMode.CreateNew, FileAccess.Write));
        await using (TarWriter tar = new(file, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (string name in (string[])[Manifest, .. Names])
            {
                await tar.WriteEntryAsync(Path.Combine(folder, name), name, cancellationToken);
            }
        }

        await file.FlushAsync(cancellationToken);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
    }

    /// <summary>Takes out what belongs in a backup, and holds it to its manifest.</summary>
    /// <exception cref="LocalException">It is no backup, or not whole.</exception>
    public static async Task<BackupManifest> ReadAsync(string archive, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await using FileStream file = new(archive, FileMode.Open, FileAccess.Read);
            await using TarReader tar = new(file);
            while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
            {
                if (entry.Name == Manifest || Names.Contains(entry.Name))
                {
                    await using FileStream one = new(Path.Combine(folder, entry.Name), PrivateFile.Options(FileMode.CreateNew, FileAccess.Write));
                    await (entry.DataStream ?? Stream.Null).CopyToAsync(one, cancellationToken);
                    await one.FlushAsync(cancellationToken);
                    RandomAccess.FlushToDisk(one.SafeFileHandle);
                }
            }
        }
        catch (Exception broken) when (broken is IOException or FormatException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new LocalException($"{archive} cannot be read as a backup: {broken.Message}", broken);
        }

        BackupManifest manifest = Read(archive, folder);
        foreach (BackedUpFile file in manifest.Files)
        {
            if (!Names.Contains(file.Name) || !File.Exists(Path.Combine(folder, file.Name)) || Describe(folder, file.Name) != file)
            {
                throw new LocalException($"{archive} is damaged: {file.Name} is not what the manifest says. Nothing was changed; take another backup.");
            }
        }

        return manifest.Files.Count == Names.Length ? manifest : throw new LocalException($"{archive} is not whole: it names {manifest.Files.Count} files of {Names.Length}.");
    }

    private static BackupManifest Read(string archive, string folder)
    {
        try
        {
            string text = PrivateFile.ReadOrNull(Path.Combine(folder, Manifest)) ?? throw new LocalException($"{archive} is no backup: it has no manifest.");
            BackupManifest manifest = JsonSerializer.Deserialize(text, LocalJson.Default.BackupManifest)!;
            return manifest.Version <= BackupManifest.Current
                ? manifest
                : throw new LocalException($"{archive} was made by a newer version of this product (form {manifest.Version}; this one knows {BackupManifest.Current}).");
        }
        catch (JsonException wrong)
        {
            throw new LocalException($"{archive} is no backup: its manifest cannot be read. {wrong.Message}", wrong);
        }
    }

    private static BackedUpFile Describe(string folder, string name)
    {
        using FileStream file = File.OpenRead(Path.Combine(folder, name));
        return new(name, file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }
}

namespace Orchestrator.Torture.Disk;

/// <summary>What may befall the bytes of a file that nobody has open.</summary>
internal enum DiskDamage
{
    FlippedBit,
    ZeroedPage,
    TornSector,
    Truncated,
    GarbageAppended,
}

internal static class DiskDamages
{
    private const int Page = 4_096;
    private const int Sector = 512;

    /// <returns>In words where it was done.</returns>
    public static string Befall(this DiskDamage damage, ByteImage image, Random random)
    {
        int at = random.Next(image.Length);
        switch (damage)
        {
            case DiskDamage.FlippedBit:
                image.Write(at, [(byte)(image.Content[at] ^ (1 << random.Next(8)))]);
                break;
            case DiskDamage.ZeroedPage:
                at -= at % Page;
                image.Write(at, new byte[Math.Min(Page, image.Length - at)]);
                break;
            case DiskDamage.TornSector:
                at -= at % Sector;
                image.Write(at, Garbage(Math.Min(Sector, image.Length - at), random));
                break;
            case DiskDamage.Truncated:
                image.SetLength(at);
                break;
            default:
                at = image.Length;
                image.Write(at, Garbage(random.Next(1, 3 * Page), random));
                break;
        }

        return $"{damage} at {at} of {image.Length}";
    }

    private static byte[] Garbage(int size, Random random)
    {
        byte[] bytes = new byte[size];
        random.NextBytes(bytes);
        return bytes;
    }
}

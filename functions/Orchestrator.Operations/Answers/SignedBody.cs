using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Operations.Answers;

/// <summary>
/// The signature scheme of Stripe's webhooks (docs.stripe.com/webhooks#verify-manually), used for our inbox as well: <c>t=&lt;unix&gt;,v1=&lt;hex&gt;</c>,
/// HMAC-SHA256 over <c>t.body</c>. Any v1 by any current secret passes; the time may be off by five minutes either way.
/// </summary>
internal static class SignedBody
{
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    /// <summary>Whether a header is one that could verify: of this form, signed within the tolerance. Whoever signs nothing costs no read of the vault.</summary>
    public static bool CouldBe(string? header, DateTimeOffset now) => Read(header, now) is not null;

    /// <param name="secrets">One or more, separated by commas: while a secret rotates, both are valid.</param>
    public static bool Verify(string? header, ReadOnlySpan<byte> body, string secrets, DateTimeOffset now)
    {
        if (Read(header, now) is not { } read)
        {
            return false;
        }

        byte[] prefix = Encoding.ASCII.GetBytes(read.Stamp + ".");
        bool valid = false;
        foreach (string secret in secrets.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
            hmac.AppendData(prefix);
            hmac.AppendData(body);
            byte[] expected = hmac.GetHashAndReset();
            foreach (byte[] signature in read.Offered)
            {
                valid |= CryptographicOperations.FixedTimeEquals(expected, signature);
            }
        }

        return valid;
    }

    private static (string Stamp, List<byte[]> Offered)? Read(string? header, DateTimeOffset now)
    {
        if (header is not { Length: > 0 and <= 4096 })
        {
            return null;
        }

        string? stamp = null;
        List<byte[]> offered = [];
        foreach (string part in header.Split(',', 24))
        {
            string[] pair = part.Split('=', 2);
            string name = pair[0].Trim();
            if (pair.Length == 2 && name == "t")
            {
                // A second stamp would let a sender show one time and sign another.
                if (stamp is not null)
                {
                    return null;
                }

                stamp = pair[1].Trim();
            }
            else if (pair.Length == 2 && name == "v1" && Hex(pair[1].Trim()) is { } signature)
            {
                offered.Add(signature);
            }
        }

        return offered.Count > 0
            && long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out long unix)
            && Math.Abs((decimal)now.ToUnixTimeSeconds() - unix) <= (decimal)Tolerance.TotalSeconds
            ? (stamp, offered)
            : null;
    }

    private static byte[]? Hex(string text)
    {
        if (text.Length != 64 || !text.All(char.IsAsciiHexDigit))
        {
            return null;
        }

        return Convert.FromHexString(text);
    }
}

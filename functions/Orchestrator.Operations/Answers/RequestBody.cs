using Microsoft.AspNetCore.Http;

namespace Orchestrator.Operations.Answers;

/// <summary>Reads a body whole and stops at the limit, whatever length the sender stated.</summary>
internal static class RequestBody
{
    public const int Limit = 256 * 1024;

    /// <summary>The raw bytes, or null when there are more than <paramref name="limit"/>.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        using var kept = new MemoryStream();
        byte[] part = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(part, cancellationToken)) > 0)
        {
            if (kept.Length + read > limit)
            {
                return null;
            }

            await kept.WriteAsync(part.AsMemory(0, read), cancellationToken);
        }

        return kept.ToArray();
    }
}

using System.Text.Json;

namespace Orchestrator.Local.Demo;

/// <summary>What customers got, as the mail stand-in's outbox has it.</summary>
internal static class Outbox
{
    /// <returns>How many mails by address.</returns>
    public static async Task<IReadOnlyDictionary<string, int>> CountAsync(Uri mail, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(20) };
        JsonElement box = JsonElement.Parse(await http.GetByteArrayAsync(new Uri(mail, "_sandbox/mail/messages"), cancellationToken));
        return box.GetProperty("messages").EnumerateArray()
            .SelectMany(sent => sent.GetProperty("message").GetProperty("recipients").GetProperty("to").EnumerateArray())
            .Select(to => to.GetProperty("address").GetString() ?? "")
            .GroupBy(address => address, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.OrdinalIgnoreCase);
    }
}

using System.CommandLine;
using System.Diagnostics;
using Orchestrator.Local.Commands;
using Orchestrator.Local.Settings;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Serving;

/// <summary>No verb: serves until it is stopped.</summary>
internal static class ServeVerb
{
    private const int MostStarts = 5;

    private static readonly Option<int?> Port = Checks.Whole(
        "--port", $"The port of the pages. Default: Web.Port, else {WebSettings.DefaultPort}, else the next free one.", "PORT", 1, System.Net.IPEndPoint.MaxPort);

    private static readonly Option<string> LogFormat = MakeLogFormat();

    public static void AddTo(RootCommand root)
    {
        root.Options.Add(Port);
        root.Options.Add(LogFormat);
        root.Options.Add(CommonOptions.WithParent);
        root.Does(ServeAsync);
    }

    private static async Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        StateFolder folder = CommonOptions.Folder(parsed);
        folder.Create();
        using StateLock ownership = StateLock.Take(folder);
        LocalSettings settings = CommonOptions.Settings(parsed);
        if (parsed.GetValue(Port) is { } port)
        {
            settings = settings with { Web = settings.Web with { Port = port } };
        }

        using CancellationTokenSource stop = ParentWatch.Until(parsed.GetValue(CommonOptions.WithParent), cancellationToken);
        bool json = parsed.GetValue(LogFormat) == "json";
        try
        {
            await using Head head = await StartAsync(folder, settings, portIsFixed: parsed.GetValue(Port) is not null, json, stop.Token);
            await Banner.WriteAsync(Console.Out, head, json, SinceProcessStart());
            await head.UntilStoppedAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop.
        }

        return ExitCodes.Ok;
    }

    /// <summary>A port that was free and is taken when it is listened on went to another process that started just then: the next ones are tried.</summary>
    private static async Task<Head> StartAsync(StateFolder folder, LocalSettings settings, bool portIsFixed, bool json, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await Head.StartAsync(folder, settings, portIsFixed, json, TimeProvider.System, cancellationToken);
            }
            catch (LocalException taken) when (taken.InnerException is IOException && !portIsFixed && attempt < MostStarts)
            {
                // Chosen anew from what is free now.
            }
        }
    }

    private static TimeSpan SinceProcessStart()
    {
        using Process self = Process.GetCurrentProcess();
        return TimeProvider.System.GetUtcNow() - new DateTimeOffset(self.StartTime);
    }

    private static Option<string> MakeLogFormat()
    {
        var option = new Option<string>("--log-format") { Description = "console or json; logs go to stderr.", DefaultValueFactory = _ => "console", HelpName = "FORMAT" };
        return option.AcceptOnlyFromAmong("console", "json");
    }
}

using System.CommandLine;

namespace Orchestrator.Sandbox.Hosting;

/// <summary>The command line: starts what is named, or everything, prints where it is, and runs until stopped.</summary>
internal sealed class SandboxCommand
{
    private static readonly string[] s_services = ["stripe", "vault", "mail", "smtp", "teams", "models", "graph"];

    private readonly TextWriter _out;
    private readonly TextWriter _error;
    private readonly TimeProvider _machine;
    private readonly RootCommand _root = new("Stand-ins for Stripe, Key Vault, mail, Teams, a model gateway and Graph, on loopback ports. With none named, all of them on free ports.");
    private readonly Dictionary<string, Option<int?>> _ports;
    private readonly Option<string?> _state = new("--state") { Description = "Folder to keep what the stand-ins know; without it they forget when stopped.", HelpName = "DIR" };
    private readonly Option<double> _teamsRate = new("--teams-rate") { Description = "Cards a second before the Teams webhook answers 429; 0 never does.", DefaultValueFactory = _ => 4 };
    private readonly Option<string> _output = new("--output", "-o") { Description = "How to print the addresses.", DefaultValueFactory = _ => "text" };

    public SandboxCommand(TextWriter output, TextWriter error, TimeProvider machine)
    {
        (_out, _error, _machine) = (output, error, machine);
        _ports = s_services.ToDictionary(name => name, PortOption);
        foreach (var port in _ports.Values)
        {
            _root.Options.Add(port);
        }

        _root.Options.Add(_state);
        _root.Options.Add(_teamsRate);
        _root.Options.Add(_output.AcceptOnlyFromAmong("text", "json"));
        _root.SetAction(RunAsync);
    }

    public ParseResult Parse(IReadOnlyList<string> args) => _root.Parse(args);

    private static Option<int?> PortOption(string service)
    {
        var option = new Option<int?>($"--{service}-port") { Description = $"Start {service} on this port; 0 takes a free one.", HelpName = "PORT" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, out int port) && port is >= 0 and <= 65535))
            {
                result.AddError($"--{service}-port is a port number, 0 to 65535; '{text}' is none.");
            }
        });
        return option;
    }

    private SandboxOptions Read(ParseResult parsed)
    {
        string? state = parsed.GetValue(_state);
        bool named = _ports.Values.Any(port => parsed.GetValue(port) is not null);
        int? Port(string service) => named ? parsed.GetValue(_ports[service]) : 0;

        return new SandboxOptions
        {
            StateFolder = state is null ? null : Path.GetFullPath(state),
            StripePort = Port("stripe"),
            VaultPort = Port("vault"),
            MailPort = Port("mail"),
            SmtpPort = Port("smtp"),
            TeamsPort = Port("teams"),
            ModelsPort = Port("models"),
            GraphPort = Port("graph"),
            TeamsCardsPerSecond = parsed.GetValue(_teamsRate),
        };
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            await using var host = await SandboxHost.StartAsync(Read(parsed), _machine, cancellation);
            await _out.WriteLineAsync(parsed.GetValue(_output) == "json" ? AddressText.Json(host.Addresses) : AddressText.Plain(host.Addresses));
            await _out.FlushAsync(cancellation);
            await Task.Delay(Timeout.Infinite, cancellation);
            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            await _error.WriteLineAsync(refused.Message);
            return 1;
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Operations.SignIn;

/// <summary>
/// The code of the development sign-in: in the log, and in a file that its owner alone may read. Good once; a new one after each use and after five wrong tries.
/// Whoever tries more than twenty codes a minute waits for the next minute.
/// </summary>
internal sealed partial class OneTimeCode(SignInOptions.Development options, TimeProvider clock, ILogger<OneTimeCode> logger)
{
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
    private const int WrongTriesPerCode = 5;
    private const int TriesPerMinute = 20;

    private readonly Lock _gate = new();
    private string? _code;
    private int _wrong;
    private int _tries;
    private DateTimeOffset _minute;

    /// <summary>Makes the first code, so that it stands in the log when the head says it is ready.</summary>
    public void Publish()
    {
        lock (_gate)
        {
            if (_code is null)
            {
                Rotate();
            }
        }
    }

    public CodeAnswer Try(string? offered)
    {
        lock (_gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (now - _minute >= TimeSpan.FromMinutes(1))
            {
                (_minute, _tries) = (now, 0);
            }

            if (++_tries > TriesPerMinute)
            {
                return CodeAnswer.TooManyTries;
            }

            if (_code is null)
            {
                Rotate();
            }

            bool right = CryptographicOperations.FixedTimeEquals(Hash(Plain(offered)), Hash(Plain(_code)));
            if (right || ++_wrong >= WrongTriesPerCode)
            {
                Rotate();
            }

            return right ? CodeAnswer.Right : CodeAnswer.Wrong;
        }
    }

    private void Rotate()
    {
        string letters = RandomNumberGenerator.GetString(Alphabet, 8);
        _code = $"{letters[..4]}-{letters[4..]}";
        _wrong = 0;
        CodeIs(logger, _code);
        if (options.CodeFile is { } file)
        {
            Write(file, _code);
        }
    }

    /// <summary>Written beside and moved over, so that a reader never sees half a code and the mode is right from the first byte.</summary>
    private static void Write(string file, string code)
    {
        string fresh = file + ".new";
        File.Delete(fresh);
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(fresh, how))
        {
            stream.Write(Encoding.ASCII.GetBytes(code));
        }

        File.Move(fresh, file, overwrite: true);
    }

    /// <summary>People type it with capitals, spaces and without the hyphen.</summary>
    private static string Plain(string? code) => string.Concat((code ?? "").Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    [LoggerMessage(5111, LogLevel.Information, "Sign in with the one-time code {Code} (good once; the next one follows here).")]
    private static partial void CodeIs(ILogger logger, string code);
}

internal enum CodeAnswer
{
    Right,
    Wrong,
    TooManyTries,
}

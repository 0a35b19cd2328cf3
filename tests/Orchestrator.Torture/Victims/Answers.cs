using System.Text;

namespace Orchestrator.Torture.Victims;

/// <summary>What a victim says to its parent. Each line is one write with a mark at its end, so that the parent knows a line that a kill cut off.</summary>
internal sealed class Answers : IDisposable
{
    public const string EndMark = " ;";

    private readonly Lock _gate = new();
    private readonly Stream _output = Console.OpenStandardOutput();

    public void Say(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line.ReplaceLineEndings(" ") + EndMark + "\n");
        lock (_gate)
        {
            _output.Write(bytes);
            _output.Flush();
        }
    }

    public void Dispose() => _output.Dispose();
}

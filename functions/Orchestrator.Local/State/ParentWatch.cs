namespace Orchestrator.Local.State;

/// <summary>Ends a child with its parent: the parent holds the other end of standard input, and letting go of it, on purpose or by dying, is the word to stop.</summary>
internal static class ParentWatch
{
    /// <returns>A token that is also cancelled once standard input ends.</returns>
    public static CancellationTokenSource Until(bool watching, CancellationToken cancellationToken)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (watching)
        {
            var thread = new Thread(() => WaitForTheEnd(source)) { IsBackground = true, Name = "parent watch" };
            thread.Start();
        }

        return source;
    }

    private static void WaitForTheEnd(CancellationTokenSource source)
    {
        using Stream input = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[64];
        while (input.Read(ignored) > 0)
        {
        }

        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself first.
        }
    }
}

namespace Orchestrator.Torture.Victims;

/// <summary>The victim died before it answered.</summary>
internal sealed class VictimGoneException(string said) : Exception($"The victim is gone. {said}".TrimEnd());

/// <summary>The victim did not get the file.</summary>
internal sealed class VictimRefusedException(TimeSpan after, string sentence) : Exception(sentence)
{
    public TimeSpan After { get; } = after;
}

/// <summary>The client's call threw in the victim.</summary>
internal sealed class VictimSaysNoException(string error, string sentence) : Exception($"{error}: {sentence}")
{
    public string Error { get; } = error;
}

using Parallax.Cli.Keys;

namespace Parallax.Cli.Tests.Keys;

/// <summary>Somebody who types the given lines, at a terminal or through a pipe.</summary>
internal sealed class Typing(bool isTerminal, params string[] lines) : ITypedInput
{
    private readonly Queue<string> _lines = new(lines);

    public bool IsTerminal => isTerminal;

    public string? ReadLine(CancellationToken cancellation) => _lines.TryDequeue(out var line) ? line : null;

    public string? ReadSecret(CancellationToken cancellation) => ReadLine(cancellation);
}

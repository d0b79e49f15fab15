namespace Parallax.Cli.Keys;

/// <summary>What a person types, or what a program hands over in its place: one line an answer.</summary>
public interface ITypedInput
{
    /// <summary>Whether somebody sits there: then questions are worth asking.</summary>
    bool IsTerminal { get; }

    /// <returns>The line without its end; <see langword="null"/> when there is nothing more.</returns>
    string? ReadLine(CancellationToken cancellation);

    /// <summary>As <see cref="ReadLine"/>; nothing of it appears on a terminal.</summary>
    string? ReadSecret(CancellationToken cancellation);
}

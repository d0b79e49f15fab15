namespace Parallax.Cli;

/// <summary>What the user can mend: one clear sentence on standard error (what was expected, what was found, where) and an exit code.</summary>
public sealed class UserErrorException(string message, int exitCode = ExitCodes.Failed, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}

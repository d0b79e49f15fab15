namespace Parallax.Cli;

/// <summary>What every verb's exit code means.</summary>
public static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
    public const int RefusedForSafety = 3;

    /// <summary>Stopped by Ctrl-C, as shells expect it (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}

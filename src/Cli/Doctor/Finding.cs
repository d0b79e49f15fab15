namespace Parallax.Cli.Doctor;

public enum Severity
{
    Ok = 0,

    /// <summary>Sessions run; something about them will be worse than it could be.</summary>
    Warn = 1,

    /// <summary>Sessions do not start, or do nothing.</summary>
    Fail = 2,
}

/// <summary>What one check found.</summary>
/// <param name="Check">One word.</param>
/// <param name="Sentence">What was found.</param>
/// <param name="Mend">What to do about it; null when there is nothing to do.</param>
public sealed record Finding(string Check, Severity Severity, string Sentence, string? Mend = null)
{
    public static Finding Ok(string check, string sentence) => new(check, Severity.Ok, sentence);

    public static Finding Warn(string check, string sentence, string mend) => new(check, Severity.Warn, sentence, mend);

    public static Finding Fail(string check, string sentence, string mend) => new(check, Severity.Fail, sentence, mend);
}

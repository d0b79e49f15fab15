namespace Parallax.Cli.Config;

/// <summary>Who set a value; a later one of these wins over an earlier.</summary>
public enum OriginKind
{
    Default = 0,

    /// <summary>A default that this mode has of its own.</summary>
    Mode = 1,
    File = 2,
    Environment = 3,
    CommandLine = 4,
}

/// <param name="Place">The file, the variable or the option; empty for a default.</param>
/// <param name="Line">In a file; zero elsewhere.</param>
public readonly record struct SettingOrigin(OriginKind Kind, string Place, long Line = 0)
{
    public static readonly SettingOrigin Default = new(OriginKind.Default, "");

    /// <summary>For a table: <c>parallax.yaml:3</c>.</summary>
    public override string ToString() => Kind switch
    {
        OriginKind.Default => "default",
        OriginKind.Mode => $"default of {Place}",
        OriginKind.File => $"{Place}:{Line}",
        _ => Place,
    };

    /// <summary>For the beginning of a sentence: <c>parallax.yaml line 3</c>.</summary>
    public string Sentence => Kind switch
    {
        OriginKind.File => $"{Place} line {Line}",
        OriginKind.Environment => $"{Place} in the environment",
        OriginKind.Mode => $"default of {Place}",
        _ => Place,
    };
}

/// <summary>One setting with a value.</summary>
/// <param name="Key">With the names that the user chose: <c>capital.USD</c>.</param>
/// <param name="Text">The value itself, a secret's too: print <see cref="Shown"/> only.</param>
/// <param name="Reference">The file that a <c>file:</c> value named; null when it stood there itself.</param>
public sealed record SettingValue(Setting Setting, string Key, string Text, SettingOrigin Origin, string? Reference = null)
{
    public string Shown => Reference is null ? Setting.Shown(Text) : $"{Setting.Shown(Text)} (file:{Reference})";

    /// <summary>Without the value: a record's own text would hold it.</summary>
    public override string ToString() => $"{Key} = {Shown}";
}

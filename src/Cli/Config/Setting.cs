namespace Parallax.Cli.Config;

/// <summary>How much of a value may be printed.</summary>
public enum Secrecy
{
    None = 0,

    /// <summary>An address that may hold a password: everything but that is shown.</summary>
    Password = 1,

    /// <summary>Nothing of it is ever shown.</summary>
    Whole = 2,
}

/// <summary>One thing that can be set: its key, what it takes, what holds when nobody sets it, and what it does.</summary>
/// <remarks>Validation, <c>config show</c> and the table in docs/concepts/configuration.md are all made of this.</remarks>
public abstract class Setting
{
    public const string Mask = "••••";

    /// <summary>Levels joined by dots, kebab case. A level in capitals stands for a name the user chooses: <c>capital.ASSET</c>, <c>fees.pairs.PAIR.bps</c>.</summary>
    public required string Key { get; init; }

    /// <summary>A second key that means the same; null without one.</summary>
    public string? Alias { get; init; }

    /// <summary><c>number</c>, <c>whole number</c>, <c>choice</c>, …</summary>
    public required string Type { get; init; }

    /// <summary>Empty when the value has none.</summary>
    public required string Unit { get; init; }

    /// <summary>What is legal, short, for tables: <c>0 to 10000</c>.</summary>
    public required string Allowed { get; init; }

    /// <summary>What is legal, as the end of a sentence: <c>a number from 0 to 10000 (bps)</c>.</summary>
    public required string Takes { get; init; }

    /// <summary>What holds when nobody sets it, for people.</summary>
    public required string DefaultText { get; init; }

    /// <summary>One sentence.</summary>
    public required string Summary { get; init; }

    public Secrecy Secrecy { get; init; }

    /// <summary>Whether the key has a level that the user names.</summary>
    public bool IsFamily => Key.Split('.').Any(SettingName.IsPlaceholder);

    public abstract bool IsLegal(string text);

    /// <summary>A value as it may be printed.</summary>
    public string Shown(string text) => Secrecy switch
    {
        Secrecy.Whole => text.Length == 0 ? "" : Mask,
        Secrecy.Password => StoreAddress.WithoutPassword(text),
        _ => text,
    };
}

/// <summary>Reads a value; false when it is not legal.</summary>
public delegate bool SettingReader<T>(string text, out T value);

/// <inheritdoc/>
public sealed class Setting<T> : Setting
{
    public required T Default { get; init; }

    public required SettingReader<T> Reader { get; init; }

    public override bool IsLegal(string text) => Reader(text, out _);
}

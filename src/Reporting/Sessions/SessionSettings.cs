namespace Parallax.Reporting.Sessions;

/// <summary>The settings of a running session that may change while it runs.</summary>
/// <param name="Version">1 for those that it began with, one more with each change.</param>
/// <param name="Settings">In the catalog's order.</param>
/// <param name="Changes">Newest first.</param>
/// <param name="File">Where changes that are to last are written; null where they cannot be.</param>
public sealed record SessionSettings(long Version, IReadOnlyList<SettingView> Settings, IReadOnlyList<SettingsChangeView> Changes, string? File = null);

/// <summary>One setting as it is now.</summary>
/// <param name="Key">As in parallax.yaml: <c>limits.min-edge-bps</c>.</param>
/// <param name="Value">As it would be written there.</param>
/// <param name="Unit">Empty where it has none.</param>
/// <param name="Owner">What it holds for: <c>account</c>, <c>plan</c>, <c>venue</c>, …</param>
/// <param name="Allowed">Its range, or its words.</param>
/// <param name="Choices">The words it takes; empty where it is no choice.</param>
/// <param name="Summary">One sentence.</param>
public sealed record SettingView(string Key, string Value, string Unit, string Owner, string Allowed, IReadOnlyList<string> Choices, string Summary);

/// <summary>One change that was taken.</summary>
/// <param name="Version">From then on.</param>
/// <param name="Time">UTC nanoseconds.</param>
public sealed record SettingsChangeView(long Version, long Time, string Who, string Reason, IReadOnlyList<SettingDifference> Differences);

/// <param name="Key">As in parallax.yaml.</param>
public readonly record struct SettingDifference(string Key, string Before, string After)
{
    public override string ToString() => $"{Key} {Before} → {After}";
}

/// <summary>What came of a change.</summary>
/// <param name="Outcome">Nothing is applied unless it is done.</param>
/// <param name="Sentence">For people.</param>
/// <param name="Version">In force now.</param>
/// <param name="Differences">What was changed; of a stale version what others changed since.</param>
public sealed record SettingsAnswer(SettingsOutcome Outcome, string Sentence, long Version, IReadOnlyList<SettingDifference> Differences);

public enum SettingsOutcome : byte
{
    Done = 0,

    /// <summary>A value is not legal, or does not change while a session runs.</summary>
    Wrong = 1,

    /// <summary>Others changed the settings since.</summary>
    Stale = 2,

    /// <summary>The session is over.</summary>
    Over = 3,

    /// <summary>It holds in the running session, and was to last: it could not be written.</summary>
    NotKept = 4,
}

/// <summary>A session whose limits and execution settings can be changed while it runs. Callable from any thread.</summary>
public interface ITunedSession
{
    Task<SessionSettings> ReadAsync(CancellationToken cancellation);

    /// <summary>Changes some settings, all of them or none. Returns once the engine has taken it and the journal holds it.</summary>
    /// <param name="version">The settings that the operator looked at.</param>
    /// <param name="values">By key, as in parallax.yaml.</param>
    /// <param name="reason">One line, 1 to 200 characters.</param>
    Task<SettingsAnswer> ChangeAsync(long version, IReadOnlyDictionary<string, string> values, string reason, string who, CancellationToken cancellation);

    /// <summary>The same, and writes the values to the settings file, so that they hold for later sessions too.</summary>
    /// <inheritdoc cref="ChangeAsync"/>
    Task<SettingsAnswer> KeepAsync(long version, IReadOnlyDictionary<string, string> values, string reason, string who, CancellationToken cancellation);

    /// <summary>What has to be changed to have the settings of an earlier version of this session again.</summary>
    /// <param name="to">1 for those that it began with.</param>
    /// <returns>By key, as in parallax.yaml; <see langword="null"/> when there is no such version, or it is too long ago.</returns>
    Task<IReadOnlyDictionary<string, string>?> ValuesOfAsync(long to, CancellationToken cancellation);
}

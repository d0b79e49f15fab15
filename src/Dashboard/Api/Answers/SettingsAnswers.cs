using Parallax.Domain;
using Parallax.Reporting.Sessions;

namespace Parallax.Dashboard.Api.Answers;

/// <summary>The settings that may change while the session runs.</summary>
/// <param name="Version">1 for those that it began with, one more with each change: a change names the version that its author looked at.</param>
/// <param name="Changes">Newest first.</param>
/// <param name="File">Where a change that is to last is written; null where it cannot be.</param>
public sealed record SettingsListAnswer(long Version, IReadOnlyList<SettingAnswer> Settings, IReadOnlyList<SettingsChangeAnswer> Changes, string? File)
{
    internal static SettingsListAnswer Of(SessionSettings now) => new(
        now.Version, [.. now.Settings.Select(SettingAnswer.Of)], [.. now.Changes.Select(SettingsChangeAnswer.Of)], now.File);
}

/// <param name="Key">As in parallax.yaml.</param>
/// <param name="Value">As it would be written there.</param>
/// <param name="Owner">What it holds for: account, plan, venue, market.</param>
/// <param name="Allowed">Its range, or its words.</param>
public sealed record SettingAnswer(string Key, string Value, string Unit, string Owner, string Allowed, string Summary)
{
    internal static SettingAnswer Of(SettingView one) => new(one.Key, one.Value, one.Unit, one.Owner, one.Allowed, one.Summary);
}

/// <param name="Version">From then on.</param>
/// <param name="Who">page, cli or api.</param>
public sealed record SettingsChangeAnswer(long Version, UtcNanos Time, string Who, string Reason, IReadOnlyList<SettingDifferenceAnswer> Differences)
{
    internal static SettingsChangeAnswer Of(SettingsChangeView one) => new(
        one.Version, new UtcNanos(one.Time), one.Who, one.Reason, [.. one.Differences.Select(SettingDifferenceAnswer.Of)]);
}

public sealed record SettingDifferenceAnswer(string Key, string Before, string After)
{
    internal static SettingDifferenceAnswer Of(SettingDifference one) => new(one.Key, one.Before, one.After);
}

/// <summary>A change of settings: all of it is taken or nothing.</summary>
/// <param name="Version">The settings that its author looked at.</param>
/// <param name="Values">By key, as in parallax.yaml.</param>
/// <param name="Reason">Why, in one line of 1 to 200 characters. It goes into the journal.</param>
/// <param name="By">As in every command: cli or nothing.</param>
/// <param name="Keep">Also written to the settings file, for later sessions.</param>
public sealed record SettingsRequest(long Version, Dictionary<string, string>? Values, string? Reason, string? By = null, bool Keep = false);

/// <summary>A change of settings back to what they were in an earlier version of this session.</summary>
/// <param name="Version">The settings that its author looked at.</param>
/// <param name="To">Theirs; 1 for those that the session began with.</param>
/// <param name="Reason">Why, in one line of 1 to 200 characters. It goes into the journal.</param>
/// <param name="By">As in every command: cli or nothing.</param>
/// <param name="Keep">Also written to the settings file, for later sessions.</param>
public sealed record RollbackRequest(long Version, long To, string? Reason, string? By = null, bool Keep = false);

/// <summary>What a change came to.</summary>
/// <param name="Version">In force now.</param>
/// <param name="Sentence">What came of it.</param>
public sealed record SettingsChangedAnswer(long Version, string Sentence, IReadOnlyList<SettingDifferenceAnswer> Differences);

using Parallax.Cli.Config;
using Parallax.Cli.Instance;

namespace Parallax.Cli.Doctor;

/// <summary>What a session that is started now would find.</summary>
public sealed record Surroundings
{
    /// <summary>Where a value is wrong its default stands, so that everything else can still be looked at.</summary>
    public required SettingSet Settings { get; init; }

    /// <summary>Why there are no settings at all; null when the file could be read.</summary>
    public string? ConfigTrouble { get; init; }

    public required string DataFolder { get; init; }

    /// <summary>The session that runs in that folder; null without one.</summary>
    public required RunningInstance? Instance { get; init; }

    /// <summary>Null for <c>parallax.db</c> in the data folder.</summary>
    public required string? Store { get; init; }

    public required VenueProbe Venue { get; init; }

    public required TimeProvider Time { get; init; }
}

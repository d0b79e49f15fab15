using Parallax.Trading.Decisions;

namespace Parallax.Dashboard.Alerts;

/// <summary>How alerts are sent.</summary>
public sealed record AlertOptions
{
    /// <summary>What weighs less is not sent.</summary>
    public Weight WeightMin { get; init; } = Weight.Warning;

    /// <summary>Which session speaks, in a few words.</summary>
    public required string Origin { get; init; }

    /// <summary>An alert older than this is not sent any more: it is no news, and the page shows it.</summary>
    public TimeSpan AgeMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Alerts in one message; what comes faster than messages may be sent is told together.</summary>
    public int AlertsMax { get; init; } = 20;

    /// <summary>Between two messages of a channel, and between two looks at the journal.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After the first failure; doubled with every further one, up to <see cref="RetryMax"/>.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan RetryMax { get; init; } = TimeSpan.FromMinutes(5);
}

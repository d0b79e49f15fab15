namespace Parallax.Venues.Kraken.Feed.Messages;

/// <summary>What the venue lets one do, for the whole engine or one pair. Only <see cref="Online"/> is traded on.</summary>
public enum MarketStatus : byte
{
    /// <summary>A word this version does not know: treated as closed.</summary>
    Unknown = 0,
    Online,
    CancelOnly,
    PostOnly,
    LimitOnly,
    ReduceOnly,
    Maintenance,
    WorkInProgress,
    Delisted,
}

public static class MarketStatuses
{
    public static MarketStatus Read(string? word) => word switch
    {
        "online" => MarketStatus.Online,
        "cancel_only" => MarketStatus.CancelOnly,
        "post_only" => MarketStatus.PostOnly,
        "limit_only" => MarketStatus.LimitOnly,
        "reduce_only" => MarketStatus.ReduceOnly,
        "maintenance" => MarketStatus.Maintenance,
        "work_in_progress" => MarketStatus.WorkInProgress,
        "delisted" => MarketStatus.Delisted,
        _ => MarketStatus.Unknown,
    };

    /// <summary>The venue's word; <c>unknown</c> for one that we did not know.</summary>
    public static string Word(MarketStatus status) => status switch
    {
        MarketStatus.Online => "online",
        MarketStatus.CancelOnly => "cancel_only",
        MarketStatus.PostOnly => "post_only",
        MarketStatus.LimitOnly => "limit_only",
        MarketStatus.ReduceOnly => "reduce_only",
        MarketStatus.Maintenance => "maintenance",
        MarketStatus.WorkInProgress => "work_in_progress",
        MarketStatus.Delisted => "delisted",
        _ => "unknown",
    };
}

using Parallax.Domain;

namespace Parallax.Venues.Kraken.Live;

/// <summary>What the venue allows, as data. Where it says nothing, what others keep to without trouble.</summary>
/// <remarks>
/// Sources: docs.kraken.com (api/docs/guides/spot-ratelimits, spot-ws-intro, websocket-v2/add_order), krakenfx/kraken-cli, JKorf/Kraken.Net
/// and nautilus_trader where the documents are silent. Collected 2026-11; shared/venues/kraken.md says which fact is from where.
/// </remarks>
public static class KrakenLimits
{
    /// <summary>Depths that the book channel offers, levels a side.</summary>
    public static IReadOnlyList<int> BookDepths { get; } = [10, 25, 100, 500, 1_000];

    /// <summary>The venue (its content network) bans an address that connects more often than this in ten minutes.</summary>
    public const int ConnectionsPerTenMinutes = 150;

    /// <summary>Our own pace of requests on one connection. The venue's limit is dynamic and unpublished; this has been safe for others.</summary>
    public const long FeedRequestIntervalNanos = 200 * UtcNanos.PerMillisecond;

    /// <summary>Symbols in one subscription; the venue asks for lists instead of single requests and states no bound.</summary>
    public const int SymbolsPerRequest = 50;

    /// <summary>A heartbeat comes every second when nothing else does, so this much silence is a dead connection.</summary>
    public const long FeedSilenceNanos = 5 * UtcNanos.PerSecond;

    /// <summary>A connection without any subscription is dropped by the venue after about a minute.</summary>
    public const long UnsubscribedSilenceNanos = 60 * UtcNanos.PerSecond;

    public const long PingIntervalNanos = 30 * UtcNanos.PerSecond;

    /// <summary>The part of every counter that is kept for cancels and for orders that finish what has begun.</summary>
    public const decimal KeptForUrgent = 0.2m;

    /// <summary>A deadline over REST lies this far ahead at the least.</summary>
    public const long RestDeadlineNanosMin = 2 * UtcNanos.PerSecond;

    /// <summary>An order's deadline lies this far ahead at the least, and at the most.</summary>
    public const long OrderDeadlineNanosMin = 500 * UtcNanos.PerMillisecond;

    public const long OrderDeadlineNanosMax = 60 * UtcNanos.PerSecond;

    /// <summary>Wait after an error that says no more than that we were too fast.</summary>
    public const long ThrottlePauseNanos = 15 * UtcNanos.PerSecond;
}

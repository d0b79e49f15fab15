using Parallax.Domain;

namespace Parallax.Venues.Kraken.Live;

/// <summary>How the public feed behaves. Times are nanoseconds.</summary>
public sealed record KrakenFeedOptions
{
    /// <summary>Whether public trades are subscribed to as well. Default: books only.</summary>
    public bool WithTrades { get; init; }

    /// <summary>This long without any frame ends a connection. Default: <see cref="KrakenLimits.FeedSilenceNanos"/>.</summary>
    public long SilenceNanos { get; init; } = KrakenLimits.FeedSilenceNanos;

    /// <summary>
    /// This long without an update makes one symbol start afresh while others still speak. Default: five minutes, since a quiet book of a
    /// small market is no fault.
    /// </summary>
    public long SymbolSilenceNanos { get; init; } = 300 * UtcNanos.PerSecond;

    /// <summary>A subscription without a snapshot is asked for again after this. Default: 10 s.</summary>
    public long SnapshotNanos { get; init; } = 10 * UtcNanos.PerSecond;

    /// <summary>Pause before a refused subscription is asked for again. Default: 5 s.</summary>
    public long RetryNanos { get; init; } = 5 * UtcNanos.PerSecond;

    /// <summary>
    /// Tries of one subscription; after them a refused symbol is given up, and an unanswered one is asked for more rarely, or ends a
    /// connection on which no book stands. Default: 3.
    /// </summary>
    public int TriesMax { get; init; } = 3;

    /// <summary>Checksum failures of one symbol in a row that end the connection. Default: 3, as the venue advises.</summary>
    public int MismatchesMax { get; init; } = 3;

    /// <summary>
    /// An update that stood this long was verified, since the engine would have said otherwise: failures before and after it are not in a
    /// row. Default: 1 s.
    /// </summary>
    public long VerdictNanos { get; init; } = UtcNanos.PerSecond;

    /// <summary>Pause between requests on one connection. Default: <see cref="KrakenLimits.FeedRequestIntervalNanos"/>.</summary>
    public long RequestIntervalNanos { get; init; } = KrakenLimits.FeedRequestIntervalNanos;

    public int SymbolsPerRequest { get; init; } = KrakenLimits.SymbolsPerRequest;

    public long PingIntervalNanos { get; init; } = KrakenLimits.PingIntervalNanos;

    /// <exception cref="ArgumentException">Says which option is off and what was found.</exception>
    public KrakenFeedOptions Validated()
    {
        Require(SilenceNanos is > 0 and <= 600 * UtcNanos.PerSecond, nameof(SilenceNanos), SilenceNanos);
        Require(SymbolSilenceNanos > 0, nameof(SymbolSilenceNanos), SymbolSilenceNanos);
        Require(SnapshotNanos > 0, nameof(SnapshotNanos), SnapshotNanos);
        Require(RetryNanos > 0, nameof(RetryNanos), RetryNanos);
        Require(TriesMax is >= 1 and <= 100, nameof(TriesMax), TriesMax);
        Require(MismatchesMax is >= 1 and <= 100, nameof(MismatchesMax), MismatchesMax);
        Require(VerdictNanos >= 0, nameof(VerdictNanos), VerdictNanos);
        Require(RequestIntervalNanos >= 0, nameof(RequestIntervalNanos), RequestIntervalNanos);
        Require(SymbolsPerRequest is >= 1 and <= 500, nameof(SymbolsPerRequest), SymbolsPerRequest);
        Require(PingIntervalNanos > 0, nameof(PingIntervalNanos), PingIntervalNanos);
        return this;

        static void Require(bool holds, string option, long found)
        {
            if (!holds)
            {
                throw new ArgumentException($"Kraken feed option {option} is out of range; found {found}.");
            }
        }
    }
}

using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Trading.Decisions;
using Parallax.Trading.Risk;

namespace Parallax.Reporting.Sessions;

/// <summary>A running session at one moment, as the engine thread saw it. Immutable. Times are UTC nanoseconds, ages are against <see cref="Time"/>.</summary>
/// <remarks>What happened earlier (plans, opportunities, equity) is in the store; this is only what is true now.</remarks>
public sealed record SessionSnapshot
{
    /// <summary><c>demo</c>, <c>paper</c>, <c>live</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>Counts sessions of one journal from 1.</summary>
    public required int Session { get; init; }

    public required long Time { get; init; }

    public required long StartedTime { get; init; }

    public required TradingState State { get; init; }

    /// <summary>Why trading is halted, killed or not armed; null while it runs.</summary>
    public required string? StateReason { get; init; }

    /// <summary>Null where orders are not real.</summary>
    public ArmingView? Arming { get; init; }

    public required Asset ReportingAsset { get; init; }

    public required IReadOnlyList<VenueHealth> Venues { get; init; }

    /// <summary>By instrument number.</summary>
    public required IReadOnlyList<BookView> Books { get; init; }

    public required IReadOnlyList<BalanceView> Balances { get; init; }

    public required IReadOnlyList<OpenPlanView> OpenPlans { get; init; }

    /// <summary>How freely plans may be opened; <see cref="RiskLevel.Emergency"/> while trading is killed.</summary>
    public RiskLevel Level { get; init; }

    /// <summary>Every limit that has a state of its own, most important first; empty before the first book.</summary>
    public IReadOnlyList<LimitReading> Limits { get; init; } = [];

    /// <summary>What plans left behind, oldest first.</summary>
    public IReadOnlyList<ResidualView> Residuals { get; init; } = [];

    /// <summary>Balances on which a venue and the ledger disagree, by asset and venue.</summary>
    public IReadOnlyList<BalanceDriftView> Drifts { get; init; } = [];

    /// <summary>Every circuit breaker; empty before the first book.</summary>
    public IReadOnlyList<BreakerView> Breakers { get; init; } = [];

    /// <summary>What is expected of routes, where plans are chosen by expected value.</summary>
    public EstimatesView Estimates { get; init; } = EstimatesView.None;

    /// <summary>Of every venue that is traded, by name; empty before the first book.</summary>
    public IReadOnlyList<AnswerTimeView> AnswerTimes { get; init; } = [];

    public required int Cycles { get; init; }

    /// <summary>Input records of every kind so far.</summary>
    public required long Records { get; init; }

    public required long Opportunities { get; init; }

    /// <summary>The cycle that came closest to paying; null before one had all its prices, and once there was an opportunity.</summary>
    public NearMissView? NearestMiss { get; init; }

    /// <summary>By stable reason code.</summary>
    public required IReadOnlyDictionary<string, long> Refused { get; init; }

    public required long Fills { get; init; }

    /// <summary>Sequence of the journal's last record.</summary>
    public required ulong JournalSequence { get; init; }

    /// <summary>Where the journal is: a folder.</summary>
    public required string Journal { get; init; }

    public required IReadOnlyList<StageLatency> Latencies { get; init; }

    /// <summary>Records that did not fit between feed and engine; each made its books start afresh.</summary>
    public required long Overflows { get; init; }
}

/// <summary>Whether plans are opened.</summary>
public enum TradingState : byte
{
    /// <summary>The first books are on their way.</summary>
    Starting = 0,
    Running = 1,

    /// <summary>The engine's own check failed; see the reason.</summary>
    Halted = 2,

    /// <summary>An operator stopped it; see the reason.</summary>
    Killed = 3,

    /// <summary>Ending in order: open plans are finished, none is opened.</summary>
    Draining = 4,

    /// <summary>Orders would be real and nobody has armed the session: plans are sized and judged, nothing is sent.</summary>
    Disarmed = 5,
}

/// <summary>How the connection to a venue does.</summary>
/// <param name="State"><c>connecting</c>, <c>online</c>, <c>maintenance</c>, <c>offline</c>, …: the venue's own word once it is connected.</param>
/// <param name="LastFrameTime">UTC nanoseconds; null before the first.</param>
/// <param name="ClockOffset">Venue clock minus ours, nanoseconds; null while unknown.</param>
/// <param name="RoundTrip">Of the last ping, nanoseconds; null while unknown.</param>
/// <param name="Messages">Frames received.</param>
/// <param name="Resynchronisations">Books that were subscribed afresh.</param>
public sealed record VenueHealth(
    VenueId Venue,
    string State,
    long? LastFrameTime,
    long? ClockOffset,
    long? RoundTrip,
    long Messages,
    long Reconnects,
    long ChecksumFailures,
    long Resynchronisations);

/// <summary>The top of one book.</summary>
/// <param name="UpdatedTime">Received time of its last record; null before the first.</param>
/// <param name="Bids">Best first, at most ten.</param>
/// <param name="Asks">Best first, at most ten.</param>
public sealed record BookView(
    Instrument Instrument,
    BookState State,
    long? UpdatedTime,
    IReadOnlyList<PriceLevel> Bids,
    IReadOnlyList<PriceLevel> Asks,
    long Updates,
    long ChecksumFailures);

/// <param name="Price">Quote per base.</param>
/// <param name="Quantity">In base.</param>
public readonly record struct PriceLevel(decimal Price, decimal Quantity);

/// <param name="Held">Reserved by open plans; part of <paramref name="Total"/>.</param>
/// <param name="Worth">In the reporting asset at the best price now; null when no market joins the two.</param>
public sealed record BalanceView(Asset Asset, VenueId Venue, decimal Total, decimal Held, decimal? Worth);

/// <summary>A cycle at the best prices of the moment at which it came closest.</summary>
/// <param name="GrossBps">Without fees; above zero when the books disagree, though by less than the fees.</param>
/// <param name="NetBps">After fees, at most zero.</param>
/// <param name="Time">Of the picture that saw it.</param>
public sealed record NearMissView(string Cycle, decimal GrossBps, decimal NetBps, long Time);

/// <param name="Input">What it spends; of a way home, what that is expected to bring.</param>
/// <param name="ExpectedProfit">Zero for a way home: it is not there to earn.</param>
/// <param name="LegsDone">Legs that are finished, of <paramref name="Legs"/>.</param>
/// <param name="First">The plan whose residual it brings home and whose result it is part of; null for every other plan.</param>
public sealed record OpenPlanView(
    int Plan, string Cycle, Asset StartAsset, decimal Input, decimal ExpectedProfit, long OpenedTime, int LegsDone, int Legs, PlanName? First = null);

/// <summary>How long one stage takes; a histogram since the session began.</summary>
/// <param name="Stage"><c>queue</c> (frame received to engine), <c>decision</c> (frame received to decided), …</param>
/// <param name="UpperBounds">Of the buckets, nanoseconds, rising; the last bucket after them is open.</param>
/// <param name="Counts">One more than <paramref name="UpperBounds"/>; not cumulative.</param>
/// <param name="Sum">Nanoseconds.</param>
public sealed record StageLatency(string Stage, IReadOnlyList<long> UpperBounds, IReadOnlyList<long> Counts, long Sum)
{
    public long Count => Counts.Sum();

    /// <summary>The smallest bucket bound that at least this share of the values does not exceed, nanoseconds; null without values or beyond the last bound.</summary>
    public long? Quantile(double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(share * Count));
        var seen = 0L;
        for (var i = 0; i < UpperBounds.Count; i++)
        {
            seen += Counts[i];
            if (seen >= wanted)
            {
                return UpperBounds[i];
            }
        }

        return null;
    }
}

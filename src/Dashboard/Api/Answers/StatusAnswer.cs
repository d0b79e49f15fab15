using Parallax.Dashboard.Live;
using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Reporting.Sessions;
using Parallax.Storage.Queries;
using Parallax.Trading.Risk;

namespace Parallax.Dashboard.Api.Answers;

/// <summary>How the session is now.</summary>
/// <param name="Mode">demo, paper or live.</param>
/// <param name="Session">Counts sessions of one journal from 1.</param>
/// <param name="State">starting, running, disarmed, halted, killed or draining.</param>
/// <param name="StateReason">Why trading is halted, killed or not armed; null while it runs.</param>
/// <param name="Arming">Null where orders are not real.</param>
/// <param name="Time">When this picture was made.</param>
/// <param name="ReportingAsset">What figures and worths are counted in.</param>
/// <param name="Instruments">Markets that are watched.</param>
/// <param name="BooksLive">Of these, books that may be traded on now.</param>
/// <param name="Cycles">Directed cycles that are watched.</param>
/// <param name="Records">Input records of every kind so far.</param>
/// <param name="Opportunities">Opened in this session.</param>
/// <param name="Refused">Opportunities refused in this session, by stable reason code.</param>
/// <param name="Fills">In this session.</param>
/// <param name="OpenPlans">Running now.</param>
/// <param name="Overflows">Records that did not fit between feed and engine; each made its book start afresh.</param>
/// <param name="Today">Since 00:00 UTC; null before the store answered.</param>
/// <param name="ThisSession">Since the session started; null before the store answered.</param>
/// <param name="RiskLevel">How freely plans may be opened: active, cautious, restricted, halted or emergency.</param>
/// <param name="Limits">Every limit that has a state of its own, most important first.</param>
/// <param name="Residuals">How many things plans left behind are listed.</param>
/// <param name="Differences">Balances on which a venue and the ledger disagree: while there is one, no plan is opened.</param>
public sealed record StatusAnswer(
    string Mode,
    int Session,
    string State,
    string? StateReason,
    ArmingAnswer? Arming,
    UtcNanos Time,
    UtcNanos Started,
    string Version,
    string ReportingAsset,
    IReadOnlyList<VenueAnswer> Venues,
    int Instruments,
    int BooksLive,
    int Cycles,
    long Records,
    long Opportunities,
    IReadOnlyDictionary<string, long> Refused,
    long Fills,
    IReadOnlyList<OpenPlanAnswer> OpenPlans,
    long Overflows,
    JournalAnswer Journal,
    StoreAnswer Store,
    IReadOnlyList<LatencyAnswer> Latencies,
    FiguresAnswer? Today,
    FiguresAnswer? ThisSession,
    string RiskLevel,
    IReadOnlyList<LimitAnswer> Limits,
    int Residuals,
    IReadOnlyList<DifferenceAnswer> Differences)
{
    internal static StatusAnswer Of(DeskView view)
    {
        var now = view.Session;
        return new StatusAnswer(
            now.Mode,
            now.Session,
            now.State.ToString().ToLowerInvariant(),
            now.StateReason,
            now.Arming is { } arming ? ArmingAnswer.Of(arming) : null,
            new UtcNanos(now.Time),
            new UtcNanos(now.StartedTime),
            view.Version,
            now.ReportingAsset.Code,
            [.. now.Venues.Select(VenueAnswer.Of)],
            now.Books.Count,
            now.Books.Count(book => book.State == BookState.Live),
            now.Cycles,
            now.Records,
            now.Opportunities,
            now.Refused,
            now.Fills,
            [.. now.OpenPlans.Select(plan => OpenPlanAnswer.Of(now.Session, plan))],
            now.Overflows,
            new JournalAnswer(now.Journal, (long)now.JournalSequence),
            new StoreAnswer(view.Store?.Position.Sequence, view.StoreLag, view.StoreTrouble),
            [.. now.Latencies.Select(stage => new LatencyAnswer(stage.Stage, stage.Count, stage.Quantile(0.5), stage.Quantile(0.99)))],
            view.Store is { } store ? FiguresAnswer.Of(store.Today) : null,
            view.Store is { } held ? FiguresAnswer.Of(held.Session) : null,
            now.Level.Word(),
            [.. now.Limits.Select(LimitAnswer.Of)],
            now.Residuals.Count,
            [.. now.Drifts.Select(DifferenceAnswer.Of)]);
    }
}

/// <summary>How the connection to a venue does.</summary>
/// <param name="State">connecting, online, maintenance, offline: the venue's own word once it is connected.</param>
/// <param name="LastFrame">Null before the first.</param>
/// <param name="ClockOffsetNanoseconds">Venue clock minus ours; null while unknown.</param>
/// <param name="RoundTripNanoseconds">Of the last ping; null while unknown.</param>
/// <param name="Messages">Frames received.</param>
/// <param name="Resynchronisations">Books that were subscribed afresh.</param>
public sealed record VenueAnswer(
    string Venue,
    string State,
    UtcNanos? LastFrame,
    long? ClockOffsetNanoseconds,
    long? RoundTripNanoseconds,
    long Messages,
    long Reconnects,
    long ChecksumFailures,
    long Resynchronisations)
{
    internal static VenueAnswer Of(VenueHealth venue) => new(
        venue.Venue.Name,
        venue.State,
        venue.LastFrameTime is { } last ? new UtcNanos(last) : null,
        venue.ClockOffset,
        venue.RoundTrip,
        venue.Messages,
        venue.Reconnects,
        venue.ChecksumFailures,
        venue.Resynchronisations);
}

/// <summary>A plan that runs.</summary>
/// <param name="Id">Session and number: 3-17.</param>
/// <param name="Input">What it spends, start asset; of a way home, what that is expected to bring.</param>
/// <param name="ExpectedProfit">Start asset; zero for a way home.</param>
/// <param name="LegsDone">Legs that are finished, of all its legs.</param>
/// <param name="First">The plan whose residual it brings home and whose result it is part of; null for every other plan.</param>
public sealed record OpenPlanAnswer(
    string Id, string Cycle, string StartAsset, decimal Input, decimal ExpectedProfit, UtcNanos Opened, int LegsDone, int Legs, string? First)
{
    internal static OpenPlanAnswer Of(int session, OpenPlanView plan) => new(
        new PlanKey(session, plan.Plan).ToString(), plan.Cycle, plan.StartAsset.Code, plan.Input, plan.ExpectedProfit, new UtcNanos(plan.OpenedTime), plan.LegsDone, plan.Legs,
        plan.First?.ToString());
}

/// <param name="Sequence">Of the journal's last record.</param>
public sealed record JournalAnswer(string Path, long Sequence);

/// <summary>How far the store has followed the journal.</summary>
/// <param name="Sequence">Of the last journal record it holds; null before it answered.</param>
/// <param name="Behind">Journal records that it does not hold yet; null before it answered.</param>
/// <param name="Trouble">Why it did not answer the last time; null when it did.</param>
public sealed record StoreAnswer(long? Sequence, long? Behind, string? Trouble);

/// <summary>How long one stage takes, since the session began.</summary>
/// <param name="P50Nanoseconds">Upper bound of the bucket that half of the values do not exceed; null without values or beyond the last bound.</param>
/// <param name="P99Nanoseconds">The same for 99 of 100.</param>
public sealed record LatencyAnswer(string Stage, long Count, long? P50Nanoseconds, long? P99Nanoseconds);

/// <summary>The six figures and the funnel over a span of time, of plans that start from the reporting asset.</summary>
/// <param name="Realised">Of closed plans, reporting asset.</param>
/// <param name="WinRate">Wins of wins and losses, 0 to 1; null before a plan won or lost.</param>
/// <param name="ProfitFactor">Gains against losses; null before a plan lost.</param>
/// <param name="CompletedShare">Completed of all closed plans, 0 to 1; null before one closed.</param>
/// <param name="MeanDurationNanoseconds">From opened to closed; null before a plan closed.</param>
/// <param name="Wins">Closed plans that realised more than zero.</param>
/// <param name="Losses">Closed plans that realised less than zero.</param>
/// <param name="Gains">Sum over wins.</param>
/// <param name="LossSum">Sum over losses; zero or negative.</param>
/// <param name="Outcomes">Closed plans by outcome.</param>
/// <param name="Detected">Opportunities opened, of every start asset.</param>
/// <param name="Sized">Of those, sized with a profit.</param>
/// <param name="WithinRisk">Of those, approved: they became plans.</param>
/// <param name="Filled">Plans in which at least one order filled.</param>
/// <param name="Refusals">Opportunities by the reason they were refused for.</param>
public sealed record FiguresAnswer(
    decimal Realised,
    decimal? WinRate,
    decimal? ProfitFactor,
    decimal? CompletedShare,
    long? MeanDurationNanoseconds,
    int Plans,
    int Open,
    int Wins,
    int Losses,
    decimal Gains,
    decimal LossSum,
    IReadOnlyDictionary<string, int> Outcomes,
    long Detected,
    long Sized,
    long WithinRisk,
    long Filled,
    IReadOnlyDictionary<string, long> Refusals)
{
    internal static FiguresAnswer Of(Figures figures) => new(
        figures.Realised,
        figures.WinRate,
        figures.ProfitFactor,
        figures.CompletedShare,
        figures.MeanDuration,
        figures.Plans,
        figures.Open,
        figures.Wins,
        figures.Losses,
        figures.Gains,
        figures.LossSum,
        figures.Outcomes,
        figures.Detected,
        figures.Sized,
        figures.WithinRisk,
        figures.Filled,
        figures.Refusals);
}

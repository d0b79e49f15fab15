using Parallax.Domain;
using Parallax.Reporting.Sessions;

namespace Parallax.Dashboard.Api.Answers;

/// <summary>What is owned now.</summary>
/// <param name="Worth">Sum of what has a price, reporting asset.</param>
public sealed record BalancesAnswer(UtcNanos Time, string ReportingAsset, decimal Worth, IReadOnlyList<BalanceAnswer> Balances)
{
    internal static BalancesAnswer Of(SessionSnapshot now) => new(
        new UtcNanos(now.Time),
        now.ReportingAsset.Code,
        now.Balances.Sum(balance => balance.Worth ?? 0m),
        [.. now.Balances.Select(balance => new BalanceAnswer(balance.Asset.Code, balance.Venue.Name, balance.Total, balance.Held, balance.Worth))]);
}

/// <param name="Held">Reserved by open plans; part of the total.</param>
/// <param name="Worth">In the reporting asset at the best price now; null when no market joins the two.</param>
public sealed record BalanceAnswer(string Asset, string Venue, decimal Total, decimal Held, decimal? Worth);

/// <summary>The tops of all books now.</summary>
public sealed record BooksAnswer(UtcNanos Time, IReadOnlyList<BookAnswer> Books)
{
    internal static BooksAnswer Of(SessionSnapshot now) => new(new UtcNanos(now.Time), [.. now.Books.Select(book => BookAnswer.Of(now.Time, book))]);
}

/// <param name="State">awaitingsnapshot, live, locked, crossed or invalid; only a live book is traded on.</param>
/// <param name="Updated">When its last record was received; null before the first.</param>
/// <param name="AgeNanoseconds">Since then; null before the first.</param>
/// <param name="Bids">Best first, at most ten.</param>
/// <param name="Asks">Best first, at most ten.</param>
public sealed record BookAnswer(
    string Venue,
    string Pair,
    string Symbol,
    string State,
    UtcNanos? Updated,
    long? AgeNanoseconds,
    IReadOnlyList<LevelAnswer> Bids,
    IReadOnlyList<LevelAnswer> Asks,
    long Updates,
    long ChecksumFailures)
{
    internal static BookAnswer Of(long now, BookView book) => new(
        book.Instrument.Id.Venue.Name,
        book.Instrument.Id.Pair,
        book.Instrument.Symbol,
        book.State.ToString().ToLowerInvariant(),
        book.UpdatedTime is { } updated ? new UtcNanos(updated) : null,
        now - book.UpdatedTime,
        [.. book.Bids.Select(level => new LevelAnswer(level.Price, level.Quantity))],
        [.. book.Asks.Select(level => new LevelAnswer(level.Price, level.Quantity))],
        book.Updates,
        book.ChecksumFailures);
}

/// <param name="Price">Quote per base.</param>
/// <param name="Quantity">In base.</param>
public sealed record LevelAnswer(decimal Price, decimal Quantity);

/// <summary>Realised equity and opportunities on one even time axis, oldest first; equity counts from zero at the start of the UTC day.</summary>
/// <param name="Asset">Of equity, drawdown and realised.</param>
/// <param name="StepSeconds">Between two points.</param>
/// <param name="Plans">The newest closed plans that traded, oldest first.</param>
public sealed record ChartAnswer(string Asset, long StepSeconds, IReadOnlyList<ChartPoint> Points, IReadOnlyList<ChartPlan> Plans);

/// <param name="Equity">Realised profit so far.</param>
/// <param name="Drawdown">Equity below its highest so far; zero or negative.</param>
/// <param name="OpportunitiesPerMinute">Of the minute this point lies in.</param>
public sealed record ChartPoint(UtcNanos Time, decimal Equity, decimal Drawdown, int OpportunitiesPerMinute);

/// <param name="Id">Session and number: 3-17.</param>
public sealed record ChartPlan(string Id, UtcNanos Closed, string Outcome, decimal Realised);

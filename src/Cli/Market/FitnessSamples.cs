using Parallax.Domain;
using Parallax.MarketData.Books;

namespace Parallax.Cli.Market;

/// <summary>How fit one market was while it was watched.</summary>
/// <param name="SpreadBps">Best ask less best bid, bps of the middle; <see langword="null"/> when the book was never live.</param>
/// <param name="DepthQuote">Quote value within 10 bps of the middle, of the thinner side; bounded by the depth that was subscribed.</param>
/// <param name="AgeMillis">Since the book's last record.</param>
/// <param name="LiveShare">Of the looks, 0 to 1.</param>
internal sealed record BookFitness(
    Instrument Instrument, decimal? SpreadBps, decimal? DepthQuote, decimal? AgeMillis, decimal UpdatesPerSecond, decimal LiveShare, long ChecksumFailures);

/// <summary>Looks at one book again and again; the figures are medians of the looks at which it was live.</summary>
internal sealed class FitnessSamples(Instrument instrument)
{
    private const decimal DepthBps = 10m;

    private readonly List<decimal> _spreads = [];
    private readonly List<decimal> _depths = [];
    private readonly List<decimal> _ages = [];
    private long _looks;

    /// <param name="now">UTC nanoseconds, on the clock that the feed stamps with.</param>
    public void Add(OrderBook book, long now)
    {
        _looks++;
        if (book.State != BookState.Live || !book.TryGetBest(BookSide.Bid, out var bid) || !book.TryGetBest(BookSide.Ask, out var ask))
        {
            return;
        }

        var middle = instrument.Price(bid.PriceTicks + ask.PriceTicks) / 2m;
        _spreads.Add(instrument.Price(ask.PriceTicks - bid.PriceTicks) / middle * 10_000m);
        _depths.Add(Math.Min(Within(book.Bids, middle), Within(book.Asks, middle)));
        _ages.Add((decimal)(now - book.ReceivedTime) / UtcNanos.PerMillisecond);
    }

    public BookFitness Sum(BookCounts counts, TimeSpan watched) => new(
        instrument,
        Median(_spreads),
        Median(_depths),
        Median(_ages),
        watched > TimeSpan.Zero ? counts.Updates * (decimal)TimeSpan.TicksPerSecond / watched.Ticks : 0m,
        _looks > 0 ? (decimal)_spreads.Count / _looks : 0m,
        counts.ChecksumFailures);

    private decimal Within(ReadOnlySpan<Level> levels, decimal middle)
    {
        var value = 0m;
        foreach (ref readonly var level in levels)
        {
            var price = instrument.Price(level.PriceTicks);
            if (Math.Abs(price - middle) > middle * DepthBps / 10_000m)
            {
                break;
            }

            value += price * instrument.Quantity(level.QuantityLots);
        }

        return value;
    }

    private static decimal? Median(List<decimal> values)
    {
        values.Sort();
        return values.Count > 0 ? values[values.Count / 2] : null;
    }
}

using Parallax.Domain;
using Parallax.Journal.Files;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Strategies.Cycles;
using Parallax.Trading.Engine;

namespace Parallax.Simulation.Backtest;

/// <summary>A cycle at the moment its top-of-book edge after fees was highest.</summary>
/// <param name="GrossBps">The same prices without fees. Binary64: for reading, never for trading.</param>
/// <param name="Time">Received time of the record that made it so, UTC nanoseconds.</param>
public sealed record NearMiss(string Cycle, double GrossBps, double NetBps, long Time);

/// <summary>Looks through a tape for the cycles that came closest to paying: the honest answer where nothing traded.</summary>
/// <remarks>
/// A pass of its own, so that the engine carries nothing that only a report needs. A cycle's best moment is always one at which an edge
/// improved, so only cycles through improved edges are looked at.
/// </remarks>
public sealed class NearestMisses
{
    private readonly CycleIndex _index;
    private readonly OrderBook[] _books;
    private readonly double[] _gross;
    private readonly double[] _fee;
    private readonly (double Net, double Gross, long Time)[] _best;

    private NearestMisses(IReadOnlyList<Instrument> instruments, EngineSettings settings)
    {
        _index = CycleIndex.Of(instruments, new CycleOptions { LegsMax = settings.LegsMax, StartAssets = settings.StartAssets });
        _books = [.. instruments.Select(instrument => new OrderBook(instrument))];
        _gross = new double[_index.EdgeCount];
        _fee = new double[_index.EdgeCount];
        _gross.AsSpan().Fill(double.PositiveInfinity);
        for (var edge = 0; edge < _index.EdgeCount; edge++)
        {
            var leg = CycleLeg.OfEdge(edge);
            var terms = settings.Fees.For(instruments[leg.Instrument]);
            var rate = (double)terms.Rate;
            var isOnSpent = terms.AssetOn(leg.Side) == (leg.Side == Side.Buy ? FeeAsset.Quote : FeeAsset.Base);
            _fee[edge] = isOnSpent ? Math.Log(1 + rate) : -Math.Log(1 - rate);
        }

        _best = new (double, double, long)[_index.Count];
        _best.AsSpan().Fill((double.PositiveInfinity, 0, 0));
    }

    /// <returns>At most <paramref name="count"/>, closest first; fewer when fewer cycles ever had prices on all legs.</returns>
    public static IReadOnlyList<NearMiss> Find(
        RecordCursor tape, IReadOnlyList<Instrument> instruments, EngineSettings settings, int count, CancellationToken cancellation)
    {
        var misses = new NearestMisses(instruments, settings);
        if (misses._index.Count > 0)
        {
            misses.Read(tape, cancellation);
        }

        return
        [
            .. misses._best
                .Select((best, cycle) => (best, cycle))
                .Where(found => double.IsFinite(found.best.Net))
                .OrderBy(found => found.best.Net)
                .ThenBy(found => found.cycle)
                .Take(count)
                .Select(found => new NearMiss(misses._index[found.cycle].ToString(), Bps(found.best.Gross), Bps(found.best.Net), found.best.Time)),
        ];
    }

    private static double Bps(double weight) => (Math.Exp(-weight) - 1) * 10_000;

    private void Read(RecordCursor tape, CancellationToken cancellation)
    {
        for (var records = 1L; tape.TryRead(out var record); records++)
        {
            if (record.Header.Kind is MarketRecordKind.BookDelta or MarketRecordKind.BookSnapshot or MarketRecordKind.FeedState
                && record.Header.Subject < _books.Length)
            {
                var number = record.Header.Subject;
                var changes = _books[number].Apply(record);
                if ((changes & (BookChanges.Best | BookChanges.State)) != BookChanges.None)
                {
                    Look(number, changes, record.Header.ReceivedTime);
                }
            }

            if ((records & 0xFFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private void Look(ushort number, BookChanges changes, long time)
    {
        var book = _books[number];
        var instrument = book.Instrument;
        var isLive = book.State == BookState.Live;
        var (buy, sell) = (number << 1, (number << 1) | 1);
        _gross[buy] = isLive && book.TryGetBest(BookSide.Ask, out var ask) ? Math.Log((double)instrument.Price(ask.PriceTicks)) : double.PositiveInfinity;
        _gross[sell] = isLive && book.TryGetBest(BookSide.Bid, out var bid) ? -Math.Log((double)instrument.Price(bid.PriceTicks)) : double.PositiveInfinity;
        var isNews = (changes & BookChanges.State) != BookChanges.None;
        if (isNews || (changes & BookChanges.AskImproved) != BookChanges.None)
        {
            Score(buy, time);
        }

        if (isNews || (changes & BookChanges.BidImproved) != BookChanges.None)
        {
            Score(sell, time);
        }
    }

    private void Score(int edge, long time)
    {
        foreach (var cycle in _index.Through(edge))
        {
            var (gross, fee) = (0.0, 0.0);
            foreach (var leg in _index.EdgesOf(cycle))
            {
                gross += _gross[leg];
                fee += _fee[leg];
            }

            if (gross + fee < _best[cycle].Net)
            {
                _best[cycle] = (gross + fee, gross, time);
            }
        }
    }
}

using Parallax.Domain;
using Parallax.MarketData.Books;

namespace Parallax.Strategies.Cycles.Survey;

/// <summary>Counts, for each directed cycle of a recording, how often the best prices alone would have paid.</summary>
/// <remarks>
/// An evaluation happens after each record that changes the best price or quantity of one of a cycle's legs, once all its legs have a bid
/// below an ask. Size is ignored. Rates are compared in binary64; those within a hair of one are decided exactly. Memory grows with the
/// number of cycles and not, beyond <paramref name="samplesMax"/>, with the length of the recording.
/// </remarks>
/// <param name="instruments">By number.</param>
/// <param name="feesBps">Fees of one leg; at least 0, below 10 000.</param>
/// <param name="samplesMax">Values kept for medians, over all cycles; each keeps at least 4 096.</param>
public sealed class CycleSurvey(CycleIndex index, IReadOnlyList<Instrument> instruments, IReadOnlyList<decimal> feesBps, int samplesMax = 8_000_000)
{
    private readonly SurveyFeeRates[] _fees = [.. feesBps.Select(feeBps => new SurveyFeeRates(index, instruments, feeBps))];
    private readonly Tally[] _tallies = Tallies(index, feesBps.Count, Math.Max(4_096, samplesMax / Math.Max(1, index.Count)));
    private readonly Top[] _tops = new Top[index.InstrumentCount];
    private readonly double[] _rates = new double[index.EdgeCount];
    private readonly long[] _ticks = new long[index.EdgeCount];

    /// <summary>Takes the state of a book after a record was applied to it. A book that is invalid has no best prices.</summary>
    /// <param name="timeNanos">When the record was received, UTC nanoseconds; never goes back.</param>
    public void OnBook(int instrument, OrderBook book, long timeNanos)
    {
        var hasBid = book.TryGetBest(BookSide.Bid, out var bid);
        var hasAsk = book.TryGetBest(BookSide.Ask, out var ask);
        OnBest(instrument, hasBid ? bid : null, hasAsk ? ask : null, timeNanos);
    }

    /// <summary>Takes an instrument's best levels after a record. Nothing happens when they are what they were.</summary>
    /// <param name="bid"><see langword="null"/> when the side is empty.</param>
    /// <param name="timeNanos">When the record was received, UTC nanoseconds; never goes back.</param>
    public void OnBest(int instrument, Level? bid, Level? ask, long timeNanos)
    {
        if (instrument >= _tops.Length || _tops[instrument] == new Top(bid, ask))
        {
            return;
        }

        _tops[instrument] = new Top(bid, ask);
        var (buy, sell) = (new CycleLeg(instrument, Side.Buy).Edge, new CycleLeg(instrument, Side.Sell).Edge);
        if (bid is not { } best || ask is not { } worst || best.PriceTicks >= worst.PriceTicks)
        {
            _rates[buy] = _rates[sell] = 0;
            return;
        }

        var tick = (double)instruments[instrument].TickSize;
        (_ticks[buy], _ticks[sell]) = (worst.PriceTicks, best.PriceTicks);
        (_rates[buy], _rates[sell]) = (1 / (worst.PriceTicks * tick), best.PriceTicks * tick);
        foreach (var cycle in index.Through(buy))
        {
            Evaluate(cycle, timeNanos);
        }

        foreach (var cycle in index.Through(sell))
        {
            Evaluate(cycle, timeNanos);
        }
    }

    /// <summary>One row for each directed cycle, in the order of the cycles' numbers; also of those that never had an evaluation.</summary>
    public IReadOnlyList<SurveyRow> Rows() => [.. _tallies.Select((tally, cycle) => tally.Row(index[cycle], feesBps))];

    private static Tally[] Tallies(CycleIndex index, int fees, int capacity)
    {
        var tallies = new Tally[index.Count];
        for (var cycle = 0; cycle < tallies.Length; cycle++)
        {
            tallies[cycle] = new Tally(fees, capacity);
        }

        return tallies;
    }

    private void Evaluate(int cycle, long timeNanos)
    {
        var edges = index.EdgesOf(cycle);
        var gross = 1.0;
        foreach (var edge in edges)
        {
            gross *= _rates[edge];
        }

        // A leg without a usable top has a rate of zero.
        if (gross == 0)
        {
            return;
        }

        var tally = _tallies[cycle];
        tally.See(gross, timeNanos);
        for (var fee = 0; fee < _fees.Length; fee++)
        {
            tally.Count(fee, _fees[fee].Pays(gross, edges, _ticks), timeNanos);
        }
    }

    private readonly record struct Top(Level? Bid, Level? Ask);

    /// <summary>What was counted for one cycle.</summary>
    private sealed class Tally(int fees, int capacity)
    {
        private readonly ThinnedSample _grossBps = new(capacity);
        private readonly Episode[] _episodes = new Episode[fees];
        private long _evaluations;
        private long _lastTime;
        private double _maxGrossBps = double.NegativeInfinity;

        public void See(double gross, long timeNanos)
        {
            var bps = (gross - 1) * 10_000;
            _evaluations++;
            _lastTime = timeNanos;
            _maxGrossBps = Math.Max(_maxGrossBps, bps);
            _grossBps.Add(bps);
        }

        public void Count(int fee, bool pays, long timeNanos)
        {
            ref var episode = ref _episodes[fee];
            if (pays)
            {
                episode.Positive++;
                if (!episode.IsOpen)
                {
                    (episode.IsOpen, episode.Since) = (true, timeNanos);
                    episode.Count++;
                }
            }
            else if (episode.IsOpen)
            {
                episode.IsOpen = false;
                episode.Nanos += timeNanos - episode.Since;
            }
        }

        public SurveyRow Row(Cycle cycle, IReadOnlyList<decimal> feesBps) => new(
            cycle,
            _evaluations,
            _evaluations == 0 ? null : _maxGrossBps,
            _grossBps.TryMedian(out var median) ? median : null,
            _grossBps.IsExact,
            [.. _episodes.Select((episode, fee) => new SurveyFee(feesBps[fee], episode.Positive, episode.Count, episode.Until(_lastTime)))]);

        private struct Episode
        {
            public long Positive;
            public long Count;
            public long Nanos;
            public long Since;
            public bool IsOpen;

            public readonly long Until(long lastTime) => IsOpen ? Nanos + lastTime - Since : Nanos;
        }
    }
}

using Parallax.Domain;
using Parallax.MarketData.Records;
using Parallax.Simulation.SeededMarket;

namespace Parallax.VenueServers.Kraken.Markets;

/// <summary>The market generator, its records handed out as their time comes.</summary>
internal sealed class SeededSource : IMarketSource
{
    private readonly MarketGenerator _generator;
    private bool _isRead;

    /// <param name="start">Time of the first record, UTC nanoseconds.</param>
    public SeededSource(MarketTerms terms, long start)
    {
        // The wire between venue and client is real here: the generator adds no delay of its own.
        _generator = new MarketGenerator(terms with { StartTime = start, FeedDelayNanos = 0, FeedJitterNanos = 0, HasChecksums = false });
        do
        {
            _generator.MoveNext();
        }
        while (_generator.Header.Kind == MarketRecordKind.Instrument);

        // The generator announces every level that leaves; a book that cut itself would lose clients' orders that rest far away.
        Instruments = [.. _generator.Instruments.Select(instrument => instrument with { BookDepth = 0 })];
    }

    public IReadOnlyList<Instrument> Instruments { get; }

    public Mispricing? Living => _generator.Living;

    public long? NextTime => _generator.Header.ReceivedTime;

    public bool TryRead(long now, out MarketEvent record)
    {
        if (_isRead)
        {
            _generator.MoveNext();
            _isRead = false;
        }

        if (_generator.Header.ReceivedTime > now)
        {
            record = default;
            return false;
        }

        _isRead = true;
        record = new MarketEvent(_generator.Header, _generator.Payload);
        return true;
    }

    public void Dispose()
    {
    }
}

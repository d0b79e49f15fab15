using Parallax.Domain;
using Parallax.Journal.Files;
using Parallax.Journal.Tapes;
using Parallax.MarketData.Records;
using Parallax.Simulation.SeededMarket;

namespace Parallax.VenueServers.Kraken.Markets;

/// <summary>A recorded market, replayed at a speed. At its end the market stands still.</summary>
internal sealed class TapeSource : IMarketSource
{
    private readonly TapeFile _tape;
    private readonly decimal _speed;
    private readonly long _start;
    private readonly long _first;
    private RecordCursor _cursor;

    /// <param name="speed">Seconds of the tape that pass in one second; positive.</param>
    /// <param name="start">When the first record happens, UTC nanoseconds.</param>
    /// <exception cref="ArgumentException">The tape defines no spot instrument to trade, or the speed is not positive.</exception>
    public TapeSource(string path, decimal speed, long start)
    {
        if (speed <= 0)
        {
            throw new ArgumentException($"The speed of a tape is more than 0; found {speed}.", nameof(speed));
        }

        _tape = TapeFile.Open(path);
        _speed = speed;
        _start = start;
        var instruments = new List<Instrument>();
        var first = (long?)null;
        for (var cursor = _tape.Cursor(); cursor.TryRead(out var record);)
        {
            if (record.Header.Kind == MarketRecordKind.Instrument)
            {
                instruments.Add(InstrumentRecord.Read(record.Payload));
            }
            else
            {
                first ??= record.Header.ReceivedTime;
            }
        }

        if (instruments.Count == 0)
        {
            _tape.Dispose();
            throw new ArgumentException($"'{path}' defines no instrument: there is nothing to serve.", nameof(path));
        }

        Instruments = [.. instruments.Select(Printable)];
        _first = first ?? 0;
        _cursor = _tape.Cursor();
    }

    public IReadOnlyList<Instrument> Instruments { get; }

    public Mispricing? Living => null;

    public long? NextTime { get; private set; }

    public bool TryRead(long now, out MarketEvent record)
    {
        record = default;
        var next = _cursor;
        while (next.TryRead(out var found))
        {
            if (found.Header.Kind == MarketRecordKind.Instrument)
            {
                _cursor = next;
                continue;
            }

            NextTime = _start + (long)((found.Header.ReceivedTime - _first) / _speed);
            if (NextTime > now)
            {
                return false;
            }

            _cursor = next;
            record = new MarketEvent(found.Header, found.Payload);
            return true;
        }

        NextTime = null;
        return false;
    }

    /// <summary>A recording may print fewer decimals than its grid has; a checksum needs all of them.</summary>
    private static Instrument Printable(Instrument instrument) => instrument with
    {
        PriceDecimals = Math.Max(instrument.PriceDecimals, Decimals.Trim(instrument.TickSize).Scale),
        QuantityDecimals = Math.Max(instrument.QuantityDecimals, Decimals.Trim(instrument.LotSize).Scale),
    };

    public void Dispose() => _tape.Dispose();
}

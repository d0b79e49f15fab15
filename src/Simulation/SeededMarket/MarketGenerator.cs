using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Simulation.Randomness;

namespace Parallax.Simulation.SeededMarket;

/// <summary>A market made from a seed, record by record: the same terms give the same bytes on every machine.</summary>
/// <remarks>
/// <para>First come the instrument definitions, then a snapshot of every book, then deltas and trades without end. Prices follow fair
/// values of the assets; every book holds its fair price between bid and ask at every moment, so no cycle pays, not even without fees,
/// but for the planted <see cref="Mispricing"/>s. See docs/concepts/seeded-market.md.</para>
/// <para>One thread. Allocates nothing a record, a little a planted mispricing; memory does not grow.</para>
/// </remarks>
public sealed class MarketGenerator
{
    private readonly MarketTerms _terms;
    private readonly Listing _listing;
    private readonly SeededBooks _books;
    private readonly FairValues _values;
    private readonly Quoting _quoting;
    private readonly ActivityTable _activity;
    private readonly MispricingPlanter _planter;
    private readonly SeededRandom _events, _delays;
    private readonly long _meanGapNanos;
    private readonly PayloadWriter _definition = new();
    private readonly ulong[] _tradeIds;
    private readonly bool[] _isFrozen;
    private int _opening;
    private long _venueTime, _receivedTime, _nextEventTime, _plantTime;
    private TradeRecord _trade;
    private PendingTrade? _pendingTrade;
    private RecordHeader _header;
    private PayloadKind _payload;

    public MarketGenerator(MarketTerms terms)
    {
        _terms = terms.Validated();
        _listing = new Listing(_terms);
        _books = new SeededBooks(_listing.Instruments);
        _values = new FairValues(_listing.Assets);
        _quoting = new Quoting(_listing, _books, _values, _terms.Seed);
        _activity = new ActivityTable(_listing.Instruments.Count);
        _planter = new MispricingPlanter(_terms, _listing.Instruments);
        _events = new SeededRandom(_terms.Seed, stream: 0x41);
        _delays = new SeededRandom(_terms.Seed, stream: 0x42);
        _meanGapNanos = Math.Max(1, UtcNanos.PerSecond / _terms.EventsPerSecond);
        _tradeIds = new ulong[_listing.Instruments.Count];
        _isFrozen = new bool[_listing.Instruments.Count];
        Instruments = [.. _listing.Instruments.Select(i => i.Instrument)];
        _venueTime = _terms.StartTime;
        _receivedTime = _terms.StartTime;
        _nextEventTime = _terms.StartTime + 1;
        _plantTime = _planter.CanPlant ? _terms.StartTime + _planter.NextPauseNanos() : long.MaxValue;
    }

    private enum PayloadKind
    {
        Definition,
        Levels,
        Trade,
    }

    /// <summary>By instrument number, the busiest first.</summary>
    public IReadOnlyList<Instrument> Instruments { get; }

    /// <summary>The planted mispricing that lives at this record; <see langword="null"/> when none does.</summary>
    public Mispricing? Living { get; private set; }

    /// <summary>The last mispricing that ended; <see langword="null"/> before the first.</summary>
    public Mispricing? Ended { get; private set; }

    /// <summary>The current record's header; sequence, length and checksum are the sink's to set.</summary>
    public ref readonly RecordHeader Header => ref _header;

    /// <summary>The current record's payload; valid until the next call of <see cref="MoveNext"/>.</summary>
    public ReadOnlySpan<byte> Payload => _payload switch
    {
        PayloadKind.Definition => _definition.Written,
        PayloadKind.Levels => BookRecord.Payload(_books.Changes),
        _ => TradeRecord.Payload(_trade),
    };

    /// <summary>The price that an instrument's book is quoted around, quote per base: between bid and ask unless its book is mispriced.</summary>
    public double FairPrice(int instrument) =>
        _values.Price(_listing.Instruments[instrument].Base, _listing.Instruments[instrument].Quote);

    /// <summary>Makes the next record the current one.</summary>
    public void MoveNext()
    {
        _books.Restart();
        if (_opening < 2 * Instruments.Count)
        {
            Open(_opening++);
        }
        else if (_pendingTrade is { } trade)
        {
            Consume(trade);
        }
        else if (TryFollow(out var instrument))
        {
            Emit(MarketRecordKind.BookDelta, instrument);
        }
        else
        {
            Happen();
        }
    }

    /// <summary>Appends records to a sink until one would be received at or after a moment; that one stays the current record.</summary>
    /// <param name="planted">Takes each mispricing when it ends; <see langword="null"/> when nobody asks.</param>
    /// <returns>How many records were appended.</returns>
    public long WriteUntil(long receivedTime, IRecordSink sink, ICollection<Mispricing>? planted = null)
    {
        var count = 0L;
        var ended = Ended;
        if (_opening == 0)
        {
            MoveNext();
        }

        while (_header.ReceivedTime < receivedTime)
        {
            sink.Append(_header, Payload);
            count++;
            MoveNext();
            if (Ended != ended)
            {
                ended = Ended;
                planted?.Add(ended!);
            }
        }

        return count;
    }

    private void Open(int step)
    {
        if (step < Instruments.Count)
        {
            InstrumentRecord.Write(_definition, Instruments[step]);
            _header = InstrumentRecord.Header((ushort)step, _terms.StartTime);
            _payload = PayloadKind.Definition;
            return;
        }

        var number = step - Instruments.Count;
        _quoting.Open(number);
        _books.Restart();
        _books.WriteAll(number);
        Emit(MarketRecordKind.BookSnapshot, number);
    }

    /// <summary>Quotes follow a moved value within microseconds, one after the other.</summary>
    private bool TryFollow(out int instrument)
    {
        while (_quoting.TryRequote(out instrument))
        {
            if (!_books.Changes.IsEmpty)
            {
                _venueTime += 1 + _events.Below(Math.Min(_meanGapNanos / 8, 20_000) + 1);
                return true;
            }
        }

        return false;
    }

    private void Happen()
    {
        if (_plantTime <= _nextEventTime)
        {
            _venueTime = Math.Max(_venueTime, _plantTime);
            if (Living is null)
            {
                Plant();
            }
            else
            {
                Heal(Living);
            }

            return;
        }

        _venueTime = Math.Max(_venueTime, _nextEventTime);

        // Half of the events come in bursts, ten times closer than the mean; the others make up for it.
        _nextEventTime += 1 + _events.Below((_events.Next() & 1) == 0 ? _meanGapNanos / 5 : (_meanGapNanos * 19) / 5);
        var instrument = _activity.Draw(_events);
        if (_isFrozen[instrument])
        {
            _quoting.TouchDeep(instrument);
            Emit(MarketRecordKind.BookDelta, instrument);
            return;
        }

        _quoting.Move(instrument);
        var chance = _events.Below(100);
        if (chance < 10)
        {
            Trade(instrument);
            return;
        }

        if (chance < 25 && _quoting.Requote(instrument))
        {
            Emit(MarketRecordKind.BookDelta, instrument);
            return;
        }

        _quoting.Touch(instrument);
        Emit(MarketRecordKind.BookDelta, instrument);
    }

    private void Trade(int instrument)
    {
        var side = (_events.Next() & 1) == 0 ? Side.Buy : Side.Sell;
        var best = _books.Best(instrument, side.TakesFrom());
        var lots = 1 + _events.Below(Math.Max(1, best.QuantityLots / 2));
        _trade = new TradeRecord(best.PriceTicks, lots, side, ++_tradeIds[instrument]);
        Emit(MarketRecordKind.Trade, instrument);
        if (lots < best.QuantityLots)
        {
            _pendingTrade = new PendingTrade(instrument, side.TakesFrom(), best.QuantityLots - lots);
        }
    }

    private void Consume(PendingTrade trade)
    {
        _pendingTrade = null;
        _books.SetQuantity(trade.Instrument, trade.Side, 0, trade.LeftLots);
        Emit(MarketRecordKind.BookDelta, trade.Instrument);
    }

    private void Plant()
    {
        var plan = _planter.Plan(_books);
        _books.MoveAll(plan.Instrument, plan.ShiftTicks);
        Freeze(plan, isFrozen: true);
        Emit(MarketRecordKind.BookDelta, plan.Instrument);
        Living = plan with { VenueTime = _venueTime, ReceivedTime = _receivedTime };
        _plantTime = _venueTime + plan.LifeNanos;
    }

    private void Heal(Mispricing living)
    {
        _books.MoveAll(living.Instrument, -living.ShiftTicks);
        Freeze(living, isFrozen: false);
        Emit(MarketRecordKind.BookDelta, living.Instrument);
        Ended = living with { ClosedReceivedTime = _receivedTime };
        Living = null;
        _plantTime = _venueTime + _planter.NextPauseNanos();
    }

    private void Freeze(Mispricing mispricing, bool isFrozen)
    {
        foreach (var leg in mispricing.Legs)
        {
            _isFrozen[leg.Instrument] = isFrozen;
            _quoting.Freeze(leg.Instrument, isFrozen);
        }
    }

    /// <summary>Makes the header of a record that happens now. One feed: records are received in the order in which they happened.</summary>
    private void Emit(byte kind, int instrument)
    {
        var delay = _terms.FeedDelayNanos + (_terms.FeedJitterNanos > 0 ? _delays.Below(_terms.FeedJitterNanos + 1) : 0);
        _receivedTime = Math.Max(_receivedTime, _venueTime + delay);
        _payload = kind == MarketRecordKind.Trade ? PayloadKind.Trade : PayloadKind.Levels;
        _header = _terms.HasChecksums && kind != MarketRecordKind.Trade
            ? BookRecord.Header(kind, (ushort)instrument, _venueTime, _receivedTime, SeededChecksum.Of(_books, instrument))
            : BookRecord.Header(kind, (ushort)instrument, _venueTime, _receivedTime);
    }

    private readonly record struct PendingTrade(int Instrument, BookSide Side, long LeftLots);
}

using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Venues.Recordings.Messages;
using Parallax.Venues.Recordings.Symbols;
using Parallax.Venues.Recordings.Values;

namespace Parallax.Venues.Recordings.Import;

/// <summary>Puts messages on their instruments' grids and hands them over as records: first the definitions, then the market.</summary>
internal sealed class RecordMaker
{
    private readonly Dictionary<Listing, Market> _markets = [];
    private readonly List<Instrument> _instruments = [];
    private readonly IRecordSink _sink;
    private readonly ImportLog _log;
    private BookLevel[] _levels = new BookLevel[64];

    /// <param name="listings">What the recordings list; unused ones get no definition. Numbered by venue, pair and symbol, whatever the order of the files.</param>
    public RecordMaker(IEnumerable<Listing> listings, InstrumentResolver resolver, IRecordSink sink, ImportLog log)
    {
        _sink = sink;
        _log = log;
        var resolved = listings
            .Where(listing => listing.IsUsed)
            .Select(listing => (Listing: listing, Instrument: Validated(listing, resolver.Resolve(listing))))
            .OrderBy(market => market.Instrument.Id.Venue)
            .ThenBy(market => market.Instrument.Id.Base)
            .ThenBy(market => market.Instrument.Id.Quote)
            .ThenBy(market => market.Instrument.Id.Kind)
            .ThenBy(market => market.Instrument.Symbol, StringComparer.Ordinal);
        foreach (var (listing, instrument) in resolved)
        {
            RequireUnique(instrument);
            _markets.Add(listing, new Market((ushort)_instruments.Count, instrument, new Grid(instrument.TickSize), new Grid(instrument.LotSize)));
            _instruments.Add(instrument);
        }
    }

    public IReadOnlyList<Instrument> Instruments => _instruments;

    public RecordCounts Counts { get; } = new();

    /// <param name="receivedTime">Of the first message: a definition is not received later than what it defines.</param>
    public void Define(long receivedTime)
    {
        var writer = new PayloadWriter();
        for (var number = 0; number < _instruments.Count; number++)
        {
            Append(InstrumentRecord.Header((ushort)number, receivedTime), InstrumentRecord.Write(writer, _instruments[number]));
        }
    }

    /// <param name="file">For messages about values off the grid.</param>
    public void Make(MarketMessage message, string file)
    {
        if (!_markets.TryGetValue(message.Listing, out var market))
        {
            throw new RecordingException($"{file}: changed while it was being imported: {message.Listing.Symbol} was not there before.");
        }

        switch (message.Kind)
        {
            case MessageKind.BookSnapshot or MessageKind.BookDelta:
                MakeBook(message, market, file);
                break;
            case MessageKind.Trade:
                MakeTrade(message, market, file);
                break;
            case MessageKind.BestQuote:
                MakeBestQuote(message, market, file);
                break;
            default:
                MakeBookLost(message, market, BookInvalidReason.SequenceGap);
                break;
        }
    }

    private void MakeBook(MarketMessage message, Market market, string file)
    {
        var count = 0;
        var isWhole = true;
        if (_levels.Length < message.Levels.Length)
        {
            _levels = new BookLevel[Math.Max(_levels.Length * 2, message.Levels.Length)];
        }

        foreach (ref readonly var level in message.Levels)
        {
            if (TryLevel(level, market, file, out var onGrid))
            {
                _levels[count++] = new BookLevel(level.Side, onGrid.PriceTicks, onGrid.QuantityLots);
            }
            else
            {
                isWhole = false;
            }
        }

        // Rows stand alone in a CSV. A frame that lost a level makes a wrong book, and its venue's checks would not say so here.
        if (!isWhole && message.Listing.HasFrames)
        {
            MakeBookLost(message, market, BookInvalidReason.MessageRejected);
            return;
        }

        if (count == 0 && message.Levels.Length > 0)
        {
            return;
        }

        var kind = message.Kind == MessageKind.BookSnapshot ? MarketRecordKind.BookSnapshot : MarketRecordKind.BookDelta;
        var header = message.VenueChecksum is { } checksum
            ? BookRecord.Header(kind, market.Number, message.VenueTime, message.ReceivedTime, checksum)
            : BookRecord.Header(kind, market.Number, message.VenueTime, message.ReceivedTime);
        Append(header, BookRecord.Payload(_levels.AsSpan(0, count)));
        if (message.VenueChecksum is not null)
        {
            market.Book ??= new OrderBook(market.Instrument);
        }

        market.Book?.Apply(header, _levels.AsSpan(0, count));
    }

    /// <summary>The last message was made: says which books did not become what their venue says they did.</summary>
    public void End()
    {
        foreach (var market in _markets.Values.OrderBy(market => market.Number))
        {
            if (market.Book is { ChecksumMismatches: > 0 } book)
            {
                var all = book.VerifiedChecksums + book.ChecksumMismatches + book.RefusedDeltas;
                _log.Note(
                    $"{market.Instrument.Id}: of {all:N0} checksummed books only {book.VerifiedChecksums:N0} match, kept {market.Instrument.BookDepth} levels deep; "
                    + "frames are missing, or --depth or the decimals are others.");
            }
        }
    }

    private void MakeTrade(MarketMessage message, Market market, string file)
    {
        if (TryLevel(message.Levels[0], market, file, out var level))
        {
            Append(
                TradeRecord.Header(market.Number, message.VenueTime, message.ReceivedTime),
                TradeRecord.Payload(new TradeRecord(level.PriceTicks, level.QuantityLots, message.Aggressor, message.TradeId)));
        }
    }

    private void MakeBestQuote(MarketMessage message, Market market, string file)
    {
        if (TryLevel(message.Levels[0], market, file, out var bid) && TryLevel(message.Levels[1], market, file, out var ask))
        {
            var header = new RecordHeader
            {
                Kind = MarketRecordKind.BestQuote,
                Subject = market.Number,
                VenueTime = message.VenueTime,
                ReceivedTime = message.ReceivedTime,
            };
            Append(header, BestQuoteRecord.Payload(new BestQuoteRecord(bid, ask)));
        }
    }

    private void MakeBookLost(MarketMessage message, Market market, BookInvalidReason reason)
    {
        market.Book?.Invalidate(reason);
        Append(FeedStateRecord.BookLost(market.Number, reason, message.VenueTime, message.ReceivedTime), []);
    }

    private void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        _sink.Append(header, payload);
        Counts.Count(header, payload.Length);
    }

    private bool TryLevel(in WireLevel level, Market market, string file, out Level onGrid)
    {
        onGrid = default;
        if (!market.Prices.TryCount(level.Price, out var ticks))
        {
            _log.OffGrid(file, level.Line, $"the price {level.Price.ToDecimal()} is no multiple of the tick {market.Prices.Step} of {market.Instrument.Id}");
            return false;
        }

        if (!market.Quantities.TryCount(level.Quantity, out var lots))
        {
            _log.OffGrid(file, level.Line, $"the quantity {level.Quantity.ToDecimal()} is no multiple of the lot {market.Quantities.Step} of {market.Instrument.Id}");
            return false;
        }

        onGrid = new Level(ticks, lots);
        return true;
    }

    private static Instrument Validated(Listing listing, Instrument instrument)
    {
        try
        {
            return instrument.Validated();
        }
        catch (ArgumentException wrong)
        {
            throw new RecordingException($"The symbol {listing.Symbol} of {listing.Venue} cannot be an instrument. {wrong.Message}", wrong);
        }
    }

    // Contracts that differ only in their expiry share an id; two spellings of one market would be two half books.
    private void RequireUnique(Instrument instrument)
    {
        if (_instruments.Count > 0 && _instruments[^1].Id == instrument.Id && instrument.Id.Kind != InstrumentKind.Future)
        {
            throw new RecordingException(
                $"The symbols {_instruments[^1].Symbol} and {instrument.Symbol} would both be {instrument.Id}: tell them apart with --symbol {instrument.Symbol}=BASE/QUOTE.");
        }
    }

    private sealed record Market(ushort Number, Instrument Instrument, Grid Prices, Grid Quantities)
    {
        /// <summary>Kept only where the venue sends checksums to compare it with.</summary>
        public OrderBook? Book { get; set; }
    }
}

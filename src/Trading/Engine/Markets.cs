using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.Strategies.Cycles;
using Parallax.Strategies.Sizing;

namespace Parallax.Trading.Engine;

/// <summary>The instruments of a session by number, each with its book, what trading it costs, and when we last traded it.</summary>
public sealed class Markets(FeeTable fees)
{
    private readonly List<Instrument> _instruments = [];
    private OrderBook[] _books = [];
    private readonly List<FeeTerms> _fees = [];
    private readonly List<long> _tradedTimes = [];
    private readonly List<LegTerms?> _terms = [];

    public int Count => _instruments.Count;

    public SpotIndex Spot { get; } = new();

    public IReadOnlyList<Instrument> Instruments => _instruments;

    /// <summary>By number. Valid until the next definition.</summary>
    public IReadOnlyList<OrderBook> Books => new ArraySegment<OrderBook>(_books, 0, Count);

    /// <summary>The books by number. Valid until the next definition.</summary>
    public ReadOnlySpan<OrderBook> BooksSpan => _books.AsSpan(0, Count);

    public IReadOnlyList<FeeTerms> Fees => _fees;

    public OrderBook Book(int number) => _books[number];

    /// <summary>Asks the processor for the best levels of a book that will be written next. A wrong number costs nothing but time.</summary>
    public void FetchAhead(ushort number)
    {
        if (Sse.IsSupported && number < Count)
        {
            var book = _books[number];
            Fetch(book.Bids);
            Fetch(book.Asks);
        }

        static unsafe void Fetch(ReadOnlySpan<Level> levels)
        {
            // A hint about an address, not an access: it may be stale or lie behind the array's end.
            Sse.Prefetch0(Unsafe.AsPointer(ref MemoryMarshal.GetReference(levels)));
        }
    }

    public Instrument Instrument(int number) => _instruments[number];

    /// <summary>Where a cycle trades; all of its legs do at one venue.</summary>
    internal VenueId VenueOf(Cycle cycle) => _instruments[cycle.Legs[0].Instrument].Id.Venue;

    public FeeTerms FeesOf(int number) => _fees[number];

    /// <summary>What a leg on a market trades on, with the fees of now.</summary>
    public LegTerms Terms(int number, Side side) =>
        _terms[new CycleLeg(number, side).Edge] ??= LegTerms.Of(_instruments[number], side, _fees[number]);

    /// <summary>Takes a definition. Numbers come in order, without gaps; a number that is known already must mean the same instrument.</summary>
    /// <returns>False when it was known already.</returns>
    /// <exception cref="MalformedRecordException">A gap in the numbers, or another instrument under a known number.</exception>
    public bool Define(ushort number, Instrument instrument)
    {
        if (number < Count)
        {
            return _instruments[number] == instrument
                ? false
                : throw new MalformedRecordException($"Instrument {number} is {_instruments[number].Id}; a later record defines it as {instrument.Id}.");
        }

        if (number != Count)
        {
            throw new MalformedRecordException($"Instruments are numbered without gaps: expected {Count}, found {number} ({instrument.Id}).");
        }

        if (_books.Length == number)
        {
            Array.Resize(ref _books, Math.Max(16, 2 * number));
        }

        _books[number] = new OrderBook(instrument);
        _instruments.Add(instrument);
        _fees.Add(fees.For(instrument));
        _tradedTimes.Add(long.MinValue);
        Spot.Add(number, instrument);
        _terms.AddRange([null, null]);
        return true;
    }

    /// <summary>A venue charges other fees from now on.</summary>
    /// <param name="pair">Such as <c>BTC/USD</c>; empty for every pair of the venue.</param>
    /// <returns>False when all of them were charged so already.</returns>
    public bool Charge(VenueId venue, string pair, FeeTerms terms)
    {
        var hasChanged = false;
        for (var number = 0; number < Count; number++)
        {
            var id = _instruments[number].Id;
            if (id.Venue == venue && (pair.Length == 0 || pair == id.Pair))
            {
                hasChanged |= _fees[number] != terms;
                _fees[number] = terms;
                _terms[new CycleLeg(number, Side.Buy).Edge] = _terms[new CycleLeg(number, Side.Sell).Edge] = null;
            }
        }

        return hasChanged;
    }

    /// <summary>We traded on it: until its book has been updated since, it shows what we already took.</summary>
    public void MarkTraded(int number, long nowNanos) => _tradedTimes[number] = nowNanos;

    /// <summary>Whether we traded on it and its book has not been updated since.</summary>
    public bool HasUnseenTrade(int number) => _tradedTimes[number] >= _books[number].ReceivedTime;

    /// <summary>What one unit of an asset is worth in another at the best bid (or against the best ask) of a market between the two.</summary>
    /// <returns>False when the assets differ and no live market joins them.</returns>
    public bool TryPrice(Asset asset, Asset reporting, out decimal price)
    {
        price = 1m;
        if (asset == reporting)
        {
            return true;
        }

        for (var number = 0; number < Count; number++)
        {
            var instrument = _instruments[number];
            var book = _books[number];
            if (instrument.Id.Kind != InstrumentKind.Spot || book.State != BookState.Live)
            {
                continue;
            }

            if (instrument.Base == asset && instrument.Quote == reporting && book.TryGetBest(BookSide.Bid, out var bid))
            {
                price = instrument.Price(bid.PriceTicks);
                return true;
            }

            if (instrument.Quote == asset && instrument.Base == reporting && book.TryGetBest(BookSide.Ask, out var ask))
            {
                price = 1m / instrument.Price(ask.PriceTicks);
                return true;
            }
        }

        price = 0m;
        return false;
    }
}

/// <summary>What taking costs on each market: one rule, and exceptions by pair.</summary>
/// <param name="Default">For every market without an exception.</param>
/// <param name="ByPair">Exceptions by pair, such as <c>USDC/USD</c>.</param>
public sealed record FeeTable(FeeTerms Default, IReadOnlyDictionary<string, FeeTerms> ByPair)
{
    public FeeTable(FeeTerms terms)
        : this(terms, new Dictionary<string, FeeTerms>())
    {
    }

    public FeeTerms For(Instrument instrument) => ByPair.GetValueOrDefault(instrument.Id.Pair, Default);
}

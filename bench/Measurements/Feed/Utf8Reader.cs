using System.Text.Json;
using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Venues.Wire;

namespace Parallax.Measurements.Feed;

/// <summary>Yardstick <c>reader</c>: <see cref="Utf8JsonReader"/> into the product's own records and books, without allocating.</summary>
public sealed class Utf8Reader : FeedReader
{
    private readonly SymbolTable _symbols;
    private readonly OrderBook[] _books;
    private readonly BookLevel[] _levels = new BookLevel[64];
    private OrderBook _last;

    public Utf8Reader(FeedStream stream)
    {
        _symbols = SymbolTable.Of(stream.Instruments);
        _books = [.. stream.Instruments.Select(i => new OrderBook(i))];
        _last = _books[0];
    }

    public override string Name => "reader";

    public override long BadChecksums => _books.Sum(b => b.ChecksumMismatches);

    public override void Read(FeedStream stream, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            Apply(stream[i], i);
        }
    }

    public override ulong ReadWithDigest(FeedStream stream, int from, int to)
    {
        var digest = new BestPriceDigest();
        for (var i = from; i < to; i++)
        {
            Apply(stream[i], i);
            digest.Add(_last);
        }

        return digest.Value;
    }

    private void Apply(ReadOnlySpan<byte> message, long receivedTime)
    {
        var reader = new Utf8JsonReader(message);
        var kind = MarketRecordKind.BookDelta;
        var symbol = default(FeedSymbol);
        var count = 0;
        var checksum = default(uint?);
        var time = receivedTime;
        var side = BookSide.Bid;
        var ticks = 0L;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.ValueTextEquals("price"u8))
            {
                reader.Read();
                ticks = Count(reader.ValueSpan, symbol.Price);
            }
            else if (reader.ValueTextEquals("qty"u8))
            {
                reader.Read();
                _levels[count++] = new BookLevel(side, ticks, Count(reader.ValueSpan, symbol.Quantity));
            }
            else if (reader.ValueTextEquals("symbol"u8))
            {
                reader.Read();
                if (!_symbols.TryFind(reader.ValueSpan, out symbol))
                {
                    return;
                }
            }
            else if (reader.ValueTextEquals("bids"u8))
            {
                side = BookSide.Bid;
            }
            else if (reader.ValueTextEquals("asks"u8))
            {
                side = BookSide.Ask;
            }
            else if (reader.ValueTextEquals("checksum"u8))
            {
                reader.Read();
                checksum = reader.GetUInt32();
            }
            else if (reader.ValueTextEquals("timestamp"u8))
            {
                reader.Read();
                time = Rfc3339.TryParse(reader.ValueSpan, out var nanos) ? nanos : receivedTime;
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                kind = reader.ValueTextEquals("snapshot"u8) ? MarketRecordKind.BookSnapshot : MarketRecordKind.BookDelta;
            }
        }

        _last = _books[symbol.Number];
        var levels = _levels.AsSpan(0, count);
        if (checksum is { } expected)
        {
            _last.Apply(BookRecord.Header(kind, symbol.Number, time, receivedTime, expected), levels);
        }
        else
        {
            _last.Apply(BookRecord.Header(kind, symbol.Number, time, receivedTime), levels);
        }
    }

    /// <summary>Digits straight to steps of the grid: what the plain form of a price needs and no more.</summary>
    private static long Count(ReadOnlySpan<byte> digits, DecimalGrid grid)
    {
        var value = 0L;
        var decimals = -1;
        foreach (var digit in digits)
        {
            if (digit == '.')
            {
                decimals = 0;
                continue;
            }

            value = (value * 10) + digit - '0';
            decimals += decimals >= 0 ? 1 : 0;
        }

        for (var i = Math.Max(decimals, 0); i < grid.Decimals; i++)
        {
            value *= 10;
        }

        return value;
    }
}

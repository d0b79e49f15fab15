using System.Text.Json;
using Parallax.Domain;
using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Messages;
using Parallax.Venues.Recordings.Values;

namespace Parallax.Venues.Recordings.Binance;

/// <summary>The fields of one Binance payload, whatever event it is. Reused for every line.</summary>
/// <remarks>
/// Field names are Binance's own. One letter means different things in different events (<c>a</c> is the asks, the ask price or the
/// aggregate trade's number), told apart by the JSON type of the value.
/// </remarks>
internal sealed class BinanceEvent
{
    private readonly SmallText _symbol = new();
    private readonly SmallText _stream = new();
    private readonly SmallText _type = new();
    private readonly WireLevels _levels = new();
    private long _line;

    public ReadOnlySpan<byte> Symbol => _symbol.Text;

    public ReadOnlySpan<byte> Stream => _stream.Text;

    /// <summary><c>e</c>; empty for payloads without it.</summary>
    public ReadOnlySpan<byte> Type => _type.Text;

    /// <summary>Bids and asks, in the order sent.</summary>
    public ReadOnlySpan<WireLevel> Levels => _levels.Span;

    public bool HasBids { get; private set; }

    public bool HasAsks { get; private set; }

    /// <summary><c>E</c>, UTC nanoseconds.</summary>
    public long? EventTime { get; private set; }

    /// <summary><c>T</c>, UTC nanoseconds.</summary>
    public long? TransactionTime { get; private set; }

    public long? FirstUpdate { get; private set; }

    public long? LastUpdate { get; private set; }

    public long? PreviousUpdate { get; private set; }

    /// <summary>Of a snapshot or a partial book.</summary>
    public long? SnapshotUpdate { get; private set; }

    public long? TradeNumber { get; private set; }

    public long? AggregateNumber { get; private set; }

    public bool? BuyerIsMaker { get; private set; }

    public WireNumber? TradePrice { get; private set; }

    public WireNumber? TradeQuantity { get; private set; }

    public WireNumber? BidPrice { get; private set; }

    public WireNumber? BidQuantity { get; private set; }

    public WireNumber? AskPrice { get; private set; }

    public WireNumber? AskQuantity { get; private set; }

    /// <summary><c>ps</c> or <c>pair</c>: the pair below a COIN-M contract, since 2026 below a USD-M one too.</summary>
    public bool HasPair { get; private set; }

    /// <summary><c>st</c>: 1 is USD-M, 2 is COIN-M; since 2026.</summary>
    public long? Segment { get; private set; }

    /// <summary><c>M</c>, which only spot trades carry.</summary>
    public bool HasSpotMark { get; private set; }

    public BinanceMarket? Market
    {
        get
        {
            if (Segment is { } segment)
            {
                return segment == 2 ? BinanceMarket.CoinM : BinanceMarket.UsdM;
            }

            return HasPair || IsCoinMSymbol ? BinanceMarket.CoinM : null;
        }
    }

    // BTCUSD_PERP, BTCUSD_240927; USD-M deliveries are priced in USDT: BTCUSDT_240927.
    private bool IsCoinMSymbol => Symbol.IndexOf("USD_"u8) > 0;

    /// <exception cref="BadLineException">A field is not what Binance sends.</exception>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public void Read(ReadOnlySpan<byte> json, long line)
    {
        Restart(line);
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new BadLineException($"is JSON, but no object: {Excerpt.Of(json)}");
        }

        ReadObject(ref reader);
        if (reader.Read())
        {
            throw new BadLineException("holds more than one JSON object");
        }
    }

    private void Restart(long line)
    {
        _symbol.Clear();
        _stream.Clear();
        _type.Clear();
        _levels.Clear();
        _line = line;
        HasBids = HasAsks = HasPair = HasSpotMark = false;
        EventTime = TransactionTime = FirstUpdate = LastUpdate = PreviousUpdate = SnapshotUpdate = TradeNumber = AggregateNumber = Segment = null;
        TradePrice = TradeQuantity = BidPrice = BidQuantity = AskPrice = AskQuantity = null;
        BuyerIsMaker = null;
    }

    private void ReadObject(ref Utf8JsonReader reader)
    {
        while (reader.NextField(out var name))
        {
            if (name.Length == 1)
            {
                ReadLetter(ref reader, name[0]);
            }
            else
            {
                ReadWord(ref reader, name);
            }
        }
    }

    private void ReadLetter(ref Utf8JsonReader reader, byte name)
    {
        switch (name, reader.TokenType)
        {
            case ((byte)'b', JsonTokenType.StartArray):
                ReadSide(ref reader, BookSide.Bid);
                break;
            case ((byte)'a', JsonTokenType.StartArray):
                ReadSide(ref reader, BookSide.Ask);
                break;
            case ((byte)'b', JsonTokenType.String):
                BidPrice = reader.Number("b");
                break;
            case ((byte)'B', JsonTokenType.String):
                BidQuantity = reader.Number("B");
                break;
            case ((byte)'a', JsonTokenType.String):
                AskPrice = reader.Number("a");
                break;
            case ((byte)'A', JsonTokenType.String):
                AskQuantity = reader.Number("A");
                break;
            case ((byte)'p', JsonTokenType.String):
                TradePrice = reader.Number("p");
                break;
            case ((byte)'q', JsonTokenType.String):
                TradeQuantity = reader.Number("q");
                break;
            case ((byte)'E', JsonTokenType.Number):
                EventTime = Time(ref reader, "E");
                break;
            case ((byte)'T', JsonTokenType.Number):
                TransactionTime = Time(ref reader, "T");
                break;
            case ((byte)'U', JsonTokenType.Number):
                FirstUpdate = reader.Whole("U");
                break;
            case ((byte)'u', JsonTokenType.Number):
                LastUpdate = reader.Whole("u");
                break;
            case ((byte)'t', JsonTokenType.Number):
                TradeNumber = reader.Whole("t");
                break;
            case ((byte)'a', JsonTokenType.Number):
                AggregateNumber = reader.Whole("a");
                break;
            case ((byte)'m', JsonTokenType.True or JsonTokenType.False):
                BuyerIsMaker = reader.GetBoolean();
                break;
            case ((byte)'M', JsonTokenType.True or JsonTokenType.False):
                HasSpotMark = true;
                break;
            case ((byte)'s', JsonTokenType.String):
                _symbol.Take(ref reader);
                break;
            case ((byte)'e', JsonTokenType.String):
                _type.Take(ref reader);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private void ReadWord(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("stream"u8) && reader.TokenType == JsonTokenType.String)
        {
            _stream.Take(ref reader);
        }
        else if (name.SequenceEqual("data"u8) && reader.TokenType == JsonTokenType.StartObject)
        {
            ReadObject(ref reader);
        }
        else if (name.SequenceEqual("pu"u8))
        {
            PreviousUpdate = reader.Whole("pu");
        }
        else if (name.SequenceEqual("bids"u8) && reader.TokenType == JsonTokenType.StartArray)
        {
            ReadSide(ref reader, BookSide.Bid);
        }
        else if (name.SequenceEqual("asks"u8) && reader.TokenType == JsonTokenType.StartArray)
        {
            ReadSide(ref reader, BookSide.Ask);
        }
        else if (name.SequenceEqual("lastUpdateId"u8))
        {
            SnapshotUpdate = reader.Whole("lastUpdateId");
        }
        else if (name.SequenceEqual("symbol"u8) && reader.TokenType == JsonTokenType.String)
        {
            _symbol.Take(ref reader);
        }
        else if (name.SequenceEqual("st"u8) && reader.TokenType == JsonTokenType.Number)
        {
            Segment = reader.Whole("st");
        }
        else
        {
            HasPair |= name.SequenceEqual("ps"u8) || name.SequenceEqual("pair"u8);
            reader.Skip();
        }
    }

    private void ReadSide(ref Utf8JsonReader reader, BookSide side)
    {
        if (side == BookSide.Bid)
        {
            HasBids = true;
        }
        else
        {
            HasAsks = true;
        }

        while (reader.NextElement())
        {
            reader.Require(JsonTokenType.StartArray, "a level is [price, quantity]");
            reader.Read();
            var price = reader.Price();
            reader.Read();
            var quantity = reader.Number("a quantity");

            while (reader.NextElement())
            {
                reader.Skip();
            }

            _levels.Add(new WireLevel(side, price, quantity, _line));
        }
    }

    private static long Time(ref Utf8JsonReader reader, string name) =>
        ReceivedTime.TryParse(reader.ValueSpan, out var nanos)
            ? nanos
            : throw new BadLineException($"{name} is a time in milliseconds or microseconds; found {Excerpt.Of(reader.ValueSpan)}");
}

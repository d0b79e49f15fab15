using System.Text;
using System.Text.Json;
using Parallax.Domain;
using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Messages;
using Parallax.Venues.Recordings.Symbols;
using Parallax.Venues.Recordings.Values;

namespace Parallax.Venues.Recordings.Kraken;

/// <summary>Turns Kraken's WebSocket v2 frames into messages before ticks and lots are known; the live feed's parser knows them.</summary>
internal sealed class KrakenV2Frames(ImportContext context, KrakenBooks books)
{
    private readonly SmallText _channel = new();
    private readonly SmallText _type = new();
    private readonly SmallText _symbol = new();
    private readonly Dictionary<Listing, long> _lastTrades = [];
    private readonly WireLevels _levels = new();
    private long _line;

    /// <summary>Reads a frame's own time, for recordings that wrote down no receive time.</summary>
    /// <returns>The latest in it, UTC nanoseconds; <see langword="null"/> when it holds none.</returns>
    public static long? TimeOf(ReadOnlySpan<byte> frame)
    {
        var reader = new Utf8JsonReader(frame);
        long? time = null;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && (reader.ValueTextEquals("timestamp"u8) || reader.ValueTextEquals("time_out"u8)))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.String && ReceivedTime.TryIso(reader.ValueSpan, out var nanos) && nanos > (time ?? 0))
                {
                    time = nanos;
                }
            }
        }

        return time;
    }

    /// <exception cref="BadLineException">The frame is not what its channel promises.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public void Take(ReadOnlySpan<byte> frame, long receivedTime, long line, MessageQueue output)
    {
        _line = line;
        _channel.Clear();
        _type.Clear();
        var reader = new Utf8JsonReader(frame);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new BadLineException($"is JSON, but no object: {Excerpt.Of(frame)}");
        }

        ReadOnlySpan<byte> data = default;
        ReadOnlySpan<byte> result = default;
        while (reader.NextField(out var name))
        {
            var start = (int)reader.TokenStartIndex;
            if (name.SequenceEqual("channel"u8))
            {
                _channel.Take(ref reader);
            }
            else if (name.SequenceEqual("type"u8))
            {
                _type.Take(ref reader);
            }
            else
            {
                reader.Skip();
                var value = frame[start..(int)reader.BytesConsumed];
                data = name.SequenceEqual("data"u8) ? value : data;
                result = name.SequenceEqual("result"u8) ? value : result;
            }
        }

        if (reader.Read())
        {
            throw new BadLineException("holds more than one JSON object");
        }

        TakeData(data, result, receivedTime, output);
    }

    private void TakeData(ReadOnlySpan<byte> data, ReadOnlySpan<byte> result, long receivedTime, MessageQueue output)
    {
        var channel = _channel.Text;
        if (channel.SequenceEqual("book"u8))
        {
            TakeBooks(data, receivedTime, output);
        }
        else if (channel.SequenceEqual("trade"u8))
        {
            TakeTrades(data, receivedTime, output);
        }
        else if (channel.SequenceEqual("ticker"u8))
        {
            TakeTickers(data, receivedTime, output);
        }
        else if (channel.SequenceEqual("instrument"u8))
        {
            TakeInstruments(data);
        }
        else if (channel.IsEmpty && !result.IsEmpty)
        {
            TakeReply(result);
        }
        else
        {
            context.Log.Ignore(channel.IsEmpty ? "reply" : Encoding.UTF8.GetString(channel));
        }
    }

    private void TakeBooks(ReadOnlySpan<byte> data, long receivedTime, MessageQueue output)
    {
        var kind = _type.Text.SequenceEqual("snapshot"u8) ? MessageKind.BookSnapshot
            : _type.Text.SequenceEqual("update"u8) ? MessageKind.BookDelta
            : throw new BadLineException($"a book frame is a snapshot or an update; found {Excerpt.Of(_type.Text)}");
        var reader = Entries(data);
        while (reader.NextElement())
        {
            reader.Require(JsonTokenType.StartObject, "an entry of a book frame is an object");
            _levels.Clear();
            _symbol.Clear();
            long? time = null;
            uint? checksum = null;
            while (reader.NextField(out var name))
            {
                switch (name)
                {
                    case var _ when name.SequenceEqual("symbol"u8):
                        _symbol.Take(ref reader);
                        break;
                    case var _ when name.SequenceEqual("bids"u8):
                        ReadSide(ref reader, BookSide.Bid);
                        break;
                    case var _ when name.SequenceEqual("asks"u8):
                        ReadSide(ref reader, BookSide.Ask);
                        break;
                    case var _ when name.SequenceEqual("checksum"u8):
                        checksum = reader.Checksum();
                        break;
                    case var _ when name.SequenceEqual("timestamp"u8):
                        time = Time(ref reader);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            var listing = books.ListingOf(_symbol.Text);
            var levels = _levels.Span;
            if (kind == MessageKind.BookSnapshot)
            {
                books.SawSnapshot(listing, levels);
            }

            var message = output.Add(kind, listing, time ?? receivedTime, receivedTime, _line);
            message.VenueChecksum = checksum;
            message.Add(levels);
        }
    }

    private void ReadSide(ref Utf8JsonReader reader, BookSide side)
    {
        reader.Require(JsonTokenType.StartArray, "bids and asks are lists of levels");
        while (reader.NextElement())
        {
            reader.Require(JsonTokenType.StartObject, "a level is an object with price and qty");
            WireNumber? price = null;
            WireNumber? quantity = null;
            while (reader.NextField(out var name))
            {
                if (name.SequenceEqual("price"u8))
                {
                    price = reader.Price();
                }
                else if (name.SequenceEqual("qty"u8))
                {
                    quantity = reader.Number("a quantity");
                }
                else
                {
                    reader.Skip();
                }
            }

            if (price is null || quantity is null)
            {
                throw new BadLineException("a level is without price or qty");
            }

            _levels.Add(new WireLevel(side, price.Value, quantity.Value, _line));
        }
    }

    private void TakeTrades(ReadOnlySpan<byte> data, long receivedTime, MessageQueue output)
    {
        var reader = Entries(data);
        while (reader.NextElement())
        {
            reader.Require(JsonTokenType.StartObject, "an entry of a trade frame is an object");
            _symbol.Clear();
            Side? side = null;
            WireNumber? price = null;
            WireNumber? quantity = null;
            long? time = null;
            var id = 0L;
            while (reader.NextField(out var name))
            {
                switch (name)
                {
                    case var _ when name.SequenceEqual("symbol"u8):
                        _symbol.Take(ref reader);
                        break;
                    case var _ when name.SequenceEqual("side"u8):
                        side = reader.IsText("buy"u8) ? Side.Buy
                            : reader.IsText("sell"u8) ? Side.Sell
                            : throw new BadLineException($"a trade's side is buy or sell; found {Excerpt.Of(reader.ValueSpan)}");
                        break;
                    case var _ when name.SequenceEqual("price"u8):
                        price = reader.Price();
                        break;
                    case var _ when name.SequenceEqual("qty"u8):
                        quantity = reader.Number("a quantity");
                        break;
                    case var _ when name.SequenceEqual("trade_id"u8):
                        id = reader.Whole("trade_id");
                        break;
                    case var _ when name.SequenceEqual("timestamp"u8):
                        time = Time(ref reader);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            if (side is null || price is null || quantity is not { Digits: > 0 })
            {
                throw new BadLineException("a trade is without side, price or a positive qty");
            }

            var listing = books.ListingOf(_symbol.Text);
            if (id != 0 && id <= _lastTrades.GetValueOrDefault(listing))
            {
                // After a reconnect the venue sends the last fifty trades once more.
                context.Log.Ignore("trade seen before");
                continue;
            }

            _lastTrades[listing] = Math.Max(id, _lastTrades.GetValueOrDefault(listing));
            var trade = output.Add(MessageKind.Trade, listing, time ?? receivedTime, receivedTime, _line);
            trade.Aggressor = side.Value;
            trade.TradeId = (ulong)id;
            trade.Add(new WireLevel(default, price.Value, quantity.Value, _line));
        }
    }

    private void TakeTickers(ReadOnlySpan<byte> data, long receivedTime, MessageQueue output)
    {
        var reader = Entries(data);
        while (reader.NextElement())
        {
            reader.Require(JsonTokenType.StartObject, "an entry of a ticker frame is an object");
            _symbol.Clear();
            WireNumber? bid = null, bidQuantity = null, ask = null, askQuantity = null;
            long? time = null;
            while (reader.NextField(out var name))
            {
                switch (name)
                {
                    case var _ when name.SequenceEqual("symbol"u8):
                        _symbol.Take(ref reader);
                        break;
                    case var _ when name.SequenceEqual("bid"u8):
                        bid = reader.Number("bid");
                        break;
                    case var _ when name.SequenceEqual("bid_qty"u8):
                        bidQuantity = reader.Number("bid_qty");
                        break;
                    case var _ when name.SequenceEqual("ask"u8):
                        ask = reader.Number("ask");
                        break;
                    case var _ when name.SequenceEqual("ask_qty"u8):
                        askQuantity = reader.Number("ask_qty");
                        break;
                    case var _ when name.SequenceEqual("timestamp"u8):
                        time = Time(ref reader);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            if (bid is null || bidQuantity is null || ask is null || askQuantity is null)
            {
                throw new BadLineException("a ticker is without bid, bid_qty, ask or ask_qty");
            }

            var quote = output.Add(MessageKind.BestQuote, books.ListingOf(_symbol.Text), time ?? receivedTime, receivedTime, _line);
            quote.Add(new WireLevel(BookSide.Bid, bid.Value, bidQuantity.Value, _line));
            quote.Add(new WireLevel(BookSide.Ask, ask.Value, askQuantity.Value, _line));
        }
    }

    private void TakeInstruments(ReadOnlySpan<byte> data)
    {
        if (!context.Log.IsFirstPass || data.IsEmpty)
        {
            return;
        }

        using var document = JsonDocument.Parse(data.ToArray());
        try
        {
            KrakenInstruments.Read(document.RootElement, books.Instruments);
        }
        catch (FormatException wrong)
        {
            throw new BadLineException(wrong.Message, wrong);
        }
    }

    private void TakeReply(ReadOnlySpan<byte> result)
    {
        var reader = new Utf8JsonReader(result);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        _symbol.Clear();
        var isBook = false;
        var depth = 0L;
        while (reader.NextField(out var name))
        {
            if (name.SequenceEqual("channel"u8))
            {
                isBook = reader.IsText("book"u8);
                reader.Skip();
            }
            else if (name.SequenceEqual("depth"u8))
            {
                depth = reader.Whole("depth");
            }
            else if (name.SequenceEqual("symbol"u8))
            {
                _symbol.Take(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        if (isBook && depth > 0 && !_symbol.Text.IsEmpty)
        {
            KrakenBooks.Subscribed(books.ListingOf(_symbol.Text), depth);
        }
    }

    private static Utf8JsonReader Entries(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data.IsEmpty ? "[]"u8 : data);
        reader.Read();
        reader.Require(JsonTokenType.StartArray, "data is a list of entries");
        return reader;
    }

    private static long Time(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && ReceivedTime.TryIso(reader.ValueSpan, out var nanos)
            ? nanos
            : throw new BadLineException($"timestamp is a time in ISO 8601; found {Excerpt.Of(reader.ValueSpan)}");
}

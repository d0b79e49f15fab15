using System.Text;
using System.Text.Json;
using Parallax.Domain;
using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Messages;
using Parallax.Venues.Recordings.Values;

namespace Parallax.Venues.Recordings.Kraken;

/// <summary>
/// Kraken's WebSocket v1 frames, which only old recordings hold: <c>[channel number, data, channel name, pair]</c>, a book update of both
/// sides with two data objects.
/// </summary>
/// <remarks>The checksum covers the digits as sent, trailing zeros included.</remarks>
internal sealed class KrakenV1Frames(ImportContext context, KrakenBooks books)
{
    private readonly SmallText _channel = new();
    private readonly SmallText _pair = new();
    private readonly WireLevels _levels = new();
    private long _line;
    private long _latest;
    private bool _isSnapshot;
    private uint? _checksum;

    /// <exception cref="BadLineException">The frame is not what its channel promises.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public void Take(ReadOnlySpan<byte> frame, long receivedTime, long line, MessageQueue output)
    {
        _line = line;
        var reader = new Utf8JsonReader(frame);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            TakeEvent(ref reader);
            return;
        }

        reader.Require(JsonTokenType.StartArray, "a frame is an object or a list");
        FindNames(frame);
        var channel = _channel.Text;
        if (channel.StartsWith("book"u8))
        {
            TakeBook(ref reader, receivedTime, output);
        }
        else if (channel.SequenceEqual("trade"u8))
        {
            TakeTrades(ref reader, receivedTime, output);
        }
        else if (channel.SequenceEqual("ticker"u8))
        {
            TakeTicker(ref reader, receivedTime, output);
        }
        else
        {
            context.Log.Ignore(Encoding.UTF8.GetString(channel));
        }
    }

    // The names stand behind the data they name.
    private void FindNames(ReadOnlySpan<byte> frame)
    {
        _channel.Clear();
        _pair.Clear();
        var reader = new Utf8JsonReader(frame);
        reader.Read();
        while (reader.NextElement())
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                (_channel.Text.IsEmpty ? _channel : _pair).Take(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        if (_pair.Text.IsEmpty)
        {
            throw new BadLineException($"a frame ends in its channel's name and its pair: {Excerpt.Of(frame)}");
        }

        if (reader.Read())
        {
            throw new BadLineException("holds more than one JSON value");
        }
    }

    private void TakeEvent(ref Utf8JsonReader reader)
    {
        _channel.Clear();
        _pair.Clear();
        var depth = 0L;
        while (reader.NextField(out var name))
        {
            if (name.SequenceEqual("event"u8))
            {
                _channel.Take(ref reader);
            }
            else if (name.SequenceEqual("pair"u8) && reader.TokenType == JsonTokenType.String)
            {
                _pair.Take(ref reader);
            }
            else if (name.SequenceEqual("subscription"u8) && reader.TokenType == JsonTokenType.StartObject)
            {
                while (reader.NextField(out var inner))
                {
                    if (inner.SequenceEqual("depth"u8))
                    {
                        depth = reader.Whole("depth");
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
            else
            {
                reader.Skip();
            }
        }

        if (depth > 0 && !_pair.Text.IsEmpty)
        {
            KrakenBooks.Subscribed(books.ListingOf(_pair.Text), depth);
        }

        context.Log.Ignore(_channel.Text.IsEmpty ? "event" : Encoding.UTF8.GetString(_channel.Text));
    }

    private void TakeBook(ref Utf8JsonReader reader, long receivedTime, MessageQueue output)
    {
        _levels.Clear();
        _latest = 0;
        _isSnapshot = false;
        _checksum = null;
        while (reader.NextElement())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                while (reader.NextField(out var name))
                {
                    TakeBookField(ref reader, name);
                }
            }
        }

        var listing = books.ListingOf(_pair.Text);
        var levels = _levels.Span;
        if (_isSnapshot)
        {
            books.SawSnapshot(listing, levels);
        }

        var kind = _isSnapshot ? MessageKind.BookSnapshot : MessageKind.BookDelta;
        var message = output.Add(kind, listing, _latest == 0 ? receivedTime : _latest, receivedTime, _line);
        message.VenueChecksum = _checksum;
        message.Add(levels);
    }

    private void TakeBookField(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("a"u8) || name.SequenceEqual("b"u8) || name.SequenceEqual("as"u8) || name.SequenceEqual("bs"u8))
        {
            _isSnapshot |= name.Length == 2;
            ReadSide(ref reader, name[0] == 'a' ? BookSide.Ask : BookSide.Bid);
        }
        else if (name.SequenceEqual("c"u8))
        {
            _checksum = reader.Checksum();
        }
        else
        {
            reader.Skip();
        }
    }

    private void ReadSide(ref Utf8JsonReader reader, BookSide side)
    {
        reader.Require(JsonTokenType.StartArray, "a book's side is a list of levels");
        while (reader.NextElement())
        {
            reader.Require(JsonTokenType.StartArray, "a level is [price, volume, time]");
            reader.Read();
            var price = reader.Price();
            reader.Read();
            var quantity = reader.Number("a volume");
            reader.Read();
            _latest = Math.Max(_latest, Time(ref reader));
            while (reader.NextElement())
            {
                reader.Skip();
            }

            _levels.Add(new WireLevel(side, price, quantity, _line));
        }
    }

    private void TakeTrades(ref Utf8JsonReader reader, long receivedTime, MessageQueue output)
    {
        var listing = books.ListingOf(_pair.Text);
        while (reader.NextElement())
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                continue;
            }

            while (reader.NextElement())
            {
                reader.Require(JsonTokenType.StartArray, "a trade is [price, volume, time, side, …]");
                reader.Read();
                var price = reader.Price();
                reader.Read();
                var quantity = reader.Number("a volume");
                reader.Read();
                var time = Time(ref reader);
                reader.Read();
                var aggressor = reader.IsText("b"u8) ? Side.Buy
                    : reader.IsText("s"u8) ? Side.Sell
                    : throw new BadLineException($"a trade's side is b or s; found {Excerpt.Of(reader.ValueSpan)}");
                while (reader.NextElement())
                {
                    reader.Skip();
                }

                if (quantity.Digits == 0)
                {
                    throw new BadLineException("a trade's volume is zero");
                }

                var trade = output.Add(MessageKind.Trade, listing, time, receivedTime, _line);
                trade.Aggressor = aggressor;
                trade.Add(new WireLevel(default, price, quantity, _line));
            }
        }
    }

    // {"a":[price, whole lot volume, lot volume], "b":[…], …}
    private void TakeTicker(ref Utf8JsonReader reader, long receivedTime, MessageQueue output)
    {
        (WireNumber Price, WireNumber Quantity)? bid = null, ask = null;
        while (reader.NextElement())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                while (reader.NextField(out var name))
                {
                    if (name.SequenceEqual("a"u8))
                    {
                        ask = ReadBest(ref reader);
                    }
                    else if (name.SequenceEqual("b"u8))
                    {
                        bid = ReadBest(ref reader);
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
        }

        if (bid is not { } bestBid || ask is not { } bestAsk)
        {
            throw new BadLineException("a ticker is without a or b");
        }

        var quote = output.Add(MessageKind.BestQuote, books.ListingOf(_pair.Text), receivedTime, receivedTime, _line);
        quote.Add(new WireLevel(BookSide.Bid, bestBid.Price, bestBid.Quantity, _line));
        quote.Add(new WireLevel(BookSide.Ask, bestAsk.Price, bestAsk.Quantity, _line));
    }

    private static (WireNumber Price, WireNumber Quantity) ReadBest(ref Utf8JsonReader reader)
    {
        reader.Require(JsonTokenType.StartArray, "a ticker's side is [price, whole lot volume, lot volume]");
        reader.Read();
        var price = reader.Number("a price");
        reader.Read();
        reader.Read();
        var quantity = reader.Number("a volume");
        while (reader.NextElement())
        {
            reader.Skip();
        }

        return (price, quantity);
    }

    private static long Time(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.Number && ReceivedTime.TryParse(reader.ValueSpan, out var nanos)
            ? nanos
            : throw new BadLineException($"a time is unix seconds; found {Excerpt.Of(reader.ValueSpan)}");
}

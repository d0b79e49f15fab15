using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Venues.Wire;
using static Parallax.Venues.Kraken.Feed.FastText;

namespace Parallax.Venues.Kraken.Feed;

/// <summary>Reads trades in exactly the text that the venue prints, and nothing else.</summary>
/// <remarks>
/// <code>
/// {"channel":"trade","type":"update","data":[{"symbol":"BTC/USD","side":"sell","price":5980.9,"qty":0.1,"ord_type":"limit",
/// "trade_id":4665906,"timestamp":"2023-09-25T07:49:37.708706Z"}]}
/// </code>
/// without white space; the type may be a snapshot, and the data one trade or several. Built as <see cref="BookFastPath"/> is: at the first
/// byte that differs it gives up, before anything has left it, and the general path reads the frame from the start. Allocates when a frame
/// holds more trades than any before.
/// </remarks>
internal sealed class TradeFastPath(SymbolTable symbols)
{
    /// <summary>What a trade takes with a symbol and numbers of one character each, and what has to follow it.</summary>
    private const int LengthMin = 121;

    /// <summary>The same from the comma behind the quantity on.</summary>
    private const int TailLengthMin = 77;

    /// <summary>From the comma before the timestamp to the end of the trade, and what has to follow it.</summary>
    private const int TimeLength = TimeFieldLength + MinuteCache.TimeLength + 2;
    private const int EndLength = 2;

    private readonly FastSymbols _symbols = new(symbols);
    private readonly HeldTrades _trades = new();
    private MinuteCache _minute;

    private static ReadOnlySpan<byte> Update => "{\"channel\":\"trade\",\"type\":\"update\",\"data\":["u8;

    private static ReadOnlySpan<byte> Snapshot => "{\"channel\":\"trade\",\"type\":\"snapshot\",\"data\":["u8;

    /// <param name="count">Trades that were handed over.</param>
    /// <returns><see langword="false"/> when the frame is not of that form; then nothing was handed over.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryParse(ReadOnlySpan<byte> frame, long receivedTime, IRecordSink sink, out int count)
    {
        count = 0;
        var at = frame.StartsWith(Update) ? Update.Length : frame.StartsWith(Snapshot) ? Snapshot.Length : -1;
        if (at < 0 || frame.Length > FrameParser.FrameBytesMax)
        {
            return false;
        }

        _trades.Clear();
        while (true)
        {
            at = ReadTrade(frame, at, receivedTime);
            if (at < 0)
            {
                return false;
            }

            if (frame[at] != ',')
            {
                break;
            }

            at++;
        }

        if (!frame[at..].SequenceEqual("]}"u8))
        {
            return false;
        }

        count = _trades.Count;
        _trades.Hand(sink);
        return true;
    }

    /// <summary>Reads one trade from its opening brace on.</summary>
    /// <returns>The position behind its closing brace, where at least two bytes are left; -1 when something is unusual.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ReadTrade(ReadOnlySpan<byte> frame, int at, long receivedTime)
    {
        ref var text = ref MemoryMarshal.GetReference(frame);
        if (frame.Length - at < LengthMin || !Is(ref text, at, "{\"symbol"u8) || !Is(ref text, at + 3, "ymbol\":\""u8))
        {
            return -1;
        }

        at += 11;
        var index = _symbols.Find(ref text, at, out var symbolLength);
        if (index < 0)
        {
            return -1;
        }

        ref readonly var symbol = ref _symbols[index];
        at += symbolLength;
        if (!symbol.IsPlain || !Is(ref text, at, "\",\"side\""u8) || !IsTwo(ref text, at + 8, ":\""u8))
        {
            return -1;
        }

        // Which side it was cannot be predicted: the texts are chosen, not branched to.
        at += 10;
        var isSell = Unsafe.Add(ref text, at) == 's';
        var unlike = Word(ref text, at) ^ (isSell ? Word("sell\",\"p"u8) : Word("buy\",\"pr"u8));
        at += isSell ? 6 : 5;
        if ((unlike | (Word(ref text, at) ^ Word("\"price\":"u8))) != 0 || frame.Length - at < 8 + Window)
        {
            return -1;
        }

        at += 8;
        ref var numbers = ref Unsafe.Add(ref text, at);
        var others = OtherThanDigits(ref numbers);
        var end = symbol.Price.Read(ref numbers, others, 0, out var ticks);
        if (end < 0 || ticks == 0 || (Word(ref numbers, end) & 0x00FF_FFFF_FFFF_FFFF) != Word(",\"qty\":\0"u8))
        {
            return -1;
        }

        end = symbol.Quantity.Read(ref numbers, others, end + 7, out var lots);
        if (end < 0 || lots == 0 || frame.Length - at - end < TailLengthMin)
        {
            return -1;
        }

        at = ReadTail(frame, at + end, out var tradeId, out var venueTime);
        if (at >= 0)
        {
            _trades.Add(symbol.Number, venueTime, receivedTime, new TradeRecord(ticks, lots, isSell ? Side.Sell : Side.Buy, tradeId));
        }

        return at;
    }

    /// <summary>Reads <c>,"ord_type":"limit","trade_id":4665906,"timestamp":"2023-09-25T07:49:37.708706Z"}</c>.</summary>
    /// <param name="at">Where at least <see cref="TailLengthMin"/> bytes are left.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ReadTail(ReadOnlySpan<byte> frame, int at, out ulong tradeId, out long venueTime)
    {
        ref var text = ref MemoryMarshal.GetReference(frame);
        tradeId = 0;
        venueTime = 0;
        if (!Is(ref text, at, ",\"ord_ty"u8) || !Is(ref text, at + 5, "_type\":\""u8))
        {
            return -1;
        }

        at += 13;
        var isMarket = Unsafe.Add(ref text, at) == 'm';
        var unlike = Word(ref text, at) ^ (isMarket ? Word("market\","u8) : Word("limit\",\""u8));
        at += isMarket ? 6 : 5;
        if (unlike != 0 || !Is(ref text, at, "\",\"trade"u8) || !Is(ref text, at + 5, "ade_id\":"u8))
        {
            return -1;
        }

        at += 13;
        var digits = FastNumber.ReadWhole(ref Unsafe.Add(ref text, at), out tradeId);
        at += digits;
        if (digits == 0 || frame.Length - at < TimeLength + EndLength
            || !IsTimeField(ref text, at)
            || !_minute.TryParse(frame.Slice(at + TimeFieldLength, MinuteCache.TimeLength + 1), out venueTime)
            || !IsTwo(ref text, at + TimeLength - 2, "\"}"u8))
        {
            return -1;
        }

        return at + TimeLength;
    }
}

using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Kraken.Feed;

/// <summary>The data of a trade frame.</summary>
internal sealed class TradeData(SymbolTable symbols)
{
    private static readonly DecimalGrid Whole = new(1m);

    private readonly HeldTrades _trades = new();
    private int _unknownSymbols;

    /// <summary>What the trade was about that was rejected.</summary>
    public ushort? RejectedInstrument { get; private set; }

    /// <summary>Reads the array of trades; what was read before is forgotten.</summary>
    public FrameRejection Read(ref JsonCursor cursor, long receivedTime)
    {
        _trades.Clear();
        _unknownSymbols = 0;
        RejectedInstrument = null;
        if (cursor.Peek() != '[')
        {
            cursor.SkipValue();
            return FrameRejection.WrongType;
        }

        var problem = FrameRejection.None;
        cursor.Take((byte)'[');
        for (var isFirst = true; cursor.NextElement(isFirst); isFirst = false)
        {
            var entryProblem = ReadEntry(ref cursor, receivedTime);
            if (problem == FrameRejection.None)
            {
                problem = entryProblem;
            }
        }

        return problem;
    }

    public FrameResult Hand(IRecordSink sink)
    {
        _trades.Hand(sink);
        return FrameResult.Of(FrameKind.Trade, _trades.Count, _unknownSymbols);
    }

    private FrameRejection ReadEntry(ref JsonCursor cursor, long receivedTime)
    {
        if (cursor.Peek() != '{')
        {
            cursor.SkipValue();
            return FrameRejection.WrongType;
        }

        var symbol = default(FeedSymbol);
        var isKnown = false;
        var (symbolProblem, sideProblem, priceProblem, quantityProblem) =
            (FrameRejection.MissingField, FrameRejection.MissingField, FrameRejection.MissingField, FrameRejection.MissingField);
        var (idProblem, timeProblem) = (FrameRejection.None, FrameRejection.None);
        var side = Side.Buy;
        var (price, quantity) = (default(JsonNumber), default(JsonNumber));
        var id = 0L;
        var time = receivedTime;
        cursor.Take((byte)'{');
        for (var isFirst = true; cursor.NextKey(isFirst, out var key); isFirst = false)
        {
            if (key.SequenceEqual("symbol"u8))
            {
                symbolProblem = Fields.Symbol(ref cursor, symbols, out symbol, out isKnown);
            }
            else if (key.SequenceEqual("side"u8))
            {
                sideProblem = ReadSide(ref cursor, out side);
            }
            else if (key.SequenceEqual("price"u8))
            {
                priceProblem = Fields.Number(ref cursor, out price);
            }
            else if (key.SequenceEqual("qty"u8))
            {
                quantityProblem = Fields.Number(ref cursor, out quantity);
            }
            else if (key.SequenceEqual("trade_id"u8))
            {
                idProblem = Fields.Count(ref cursor, Whole, out id);
            }
            else if (key.SequenceEqual("timestamp"u8))
            {
                timeProblem = Fields.Time(ref cursor, out time);
            }
            else
            {
                cursor.SkipValue();
            }
        }

        if (cursor.IsFailed)
        {
            return FrameRejection.NotJson;
        }

        if (symbolProblem != FrameRejection.None)
        {
            return symbolProblem;
        }

        if (!isKnown)
        {
            _unknownSymbols++;
            return FrameRejection.None;
        }

        var (ticks, lots) = (0L, 0L);
        var problem = FirstOf(sideProblem, FirstOf(idProblem, timeProblem));
        problem = FirstOf(problem, FirstOf(priceProblem, Fields.Rejection(price.TryCount(symbol.Price, out ticks))));
        problem = FirstOf(problem, FirstOf(quantityProblem, Fields.Rejection(quantity.TryCount(symbol.Quantity, out lots))));
        problem = FirstOf(problem, ticks == 0 || lots == 0 ? FrameRejection.Zero : FrameRejection.None);
        if (problem != FrameRejection.None)
        {
            RejectedInstrument ??= symbol.Number;
            return problem;
        }

        _trades.Add(symbol.Number, time, receivedTime, new TradeRecord(ticks, lots, side, (ulong)id));
        return FrameRejection.None;
    }

    private static FrameRejection ReadSide(ref JsonCursor cursor, out Side side)
    {
        side = Side.Buy;
        if (!Fields.Text(ref cursor, out var text))
        {
            return FrameRejection.WrongType;
        }

        side = text.SequenceEqual("sell"u8) ? Side.Sell : Side.Buy;
        return side == Side.Sell || text.SequenceEqual("buy"u8) ? FrameRejection.None : FrameRejection.UnknownType;
    }

    private static FrameRejection FirstOf(FrameRejection first, FrameRejection second) => first != FrameRejection.None ? first : second;
}

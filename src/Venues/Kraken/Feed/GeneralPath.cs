using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Kraken.Feed;

/// <summary>Reads frames whatever the order of their fields, their white space, escapes and exponents. The last of two equal keys counts.</summary>
/// <remarks>
/// Illegal JSON ends the walk at once; a wrong value only marks the field it belongs to, since a later field of the same name may replace it.
/// </remarks>
internal sealed class GeneralPath(SymbolTable symbols, bool requireChecksum)
{
    private readonly BookData _books = new(symbols, requireChecksum);
    private readonly TradeData _trades = new(symbols);

    public FrameResult Parse(ReadOnlySpan<byte> frame, long receivedTime, IRecordSink sink)
    {
        if (frame.Length > FrameParser.FrameBytesMax)
        {
            return FrameResult.Rejected(FrameRejection.TooLong);
        }

        Span<byte> scratch = stackalloc byte[128];
        var cursor = new JsonCursor(frame, scratch);
        if (cursor.Peek() != '{')
        {
            return cursor.SkipValue() && cursor.TakeEnd()
                ? FrameResult.Rejected(FrameRejection.NotAnObject)
                : FrameResult.Rejected(cursor.Error);
        }

        var envelope = default(Envelope);
        return ReadEnvelope(ref cursor, ref envelope, receivedTime)
            ? Finish(ref cursor, envelope, receivedTime, sink)
            : FrameResult.Rejected(cursor.Error);
    }

    private bool ReadEnvelope(ref JsonCursor cursor, ref Envelope envelope, long receivedTime)
    {
        cursor.Take((byte)'{');
        for (var isFirst = true; cursor.NextKey(isFirst, out var key); isFirst = false)
        {
            if (key.SequenceEqual("channel"u8))
            {
                envelope.Channel = Fields.Text(ref cursor, out var name) ? ChannelOf(name) : Channel.Unreadable;
            }
            else if (key.SequenceEqual("type"u8))
            {
                envelope.BookKind = Fields.Text(ref cursor, out var name) ? BookKindOf(name) : (byte)0;
            }
            else if (key.SequenceEqual("data"u8))
            {
                cursor.Peek();
                envelope.DataAt = cursor.Position;
                ReadData(ref cursor, ref envelope, receivedTime);
            }
            else if (key.SequenceEqual("method"u8))
            {
                envelope.Method = Fields.Text(ref cursor, out var name) && name.SequenceEqual("pong"u8) ? Method.Pong : Method.Other;
            }
            else
            {
                envelope.HasError |= key.SequenceEqual("error"u8) || key.SequenceEqual("Error"u8);
                cursor.SkipValue();
            }

            if (cursor.IsFailed)
            {
                return false;
            }
        }

        return !cursor.IsFailed && cursor.TakeEnd();
    }

    /// <summary>Reads the data when the channel is known by now, else passes over it.</summary>
    private void ReadData(ref JsonCursor cursor, ref Envelope envelope, long receivedTime)
    {
        envelope.DataReadAs = envelope.Channel;
        switch (envelope.Channel)
        {
            case Channel.Book:
                envelope.DataProblem = _books.Read(ref cursor, receivedTime);
                break;
            case Channel.Trade:
                envelope.DataProblem = _trades.Read(ref cursor, receivedTime);
                break;
            default:
                cursor.SkipValue();
                break;
        }
    }

    private FrameResult Finish(ref JsonCursor cursor, Envelope envelope, long receivedTime, IRecordSink sink)
    {
        if (envelope.Channel is not (Channel.Book or Channel.Trade))
        {
            return FrameResult.Of(KindOf(envelope));
        }

        if (envelope.DataAt == 0)
        {
            return FrameResult.Rejected(FrameRejection.MissingField);
        }

        if (envelope.DataReadAs != envelope.Channel)
        {
            cursor.GoTo(envelope.DataAt);
            ReadData(ref cursor, ref envelope, receivedTime);
        }

        if (envelope.Channel == Channel.Trade)
        {
            return envelope.DataProblem == FrameRejection.None
                ? _trades.Hand(sink)
                : FrameResult.Rejected(envelope.DataProblem, _trades.RejectedInstrument);
        }

        if (envelope.DataProblem == FrameRejection.None && envelope.BookKind == 0)
        {
            envelope.DataProblem = FrameRejection.UnknownType;
        }

        return envelope.DataProblem == FrameRejection.None
            ? _books.Hand(envelope.BookKind, sink)
            : Lose(envelope.DataProblem, receivedTime, sink);
    }

    /// <summary>A book that missed a frame is lost, and the tape has to say so, or a replay would go on with it.</summary>
    private FrameResult Lose(FrameRejection rejection, long receivedTime, IRecordSink sink)
    {
        if (_books.RejectedInstrument is not { } instrument)
        {
            return FrameResult.Rejected(rejection);
        }

        sink.Append(FeedStateRecord.BookLost(instrument, BookInvalidReason.MessageRejected, receivedTime, receivedTime), []);
        return FrameResult.Rejected(rejection, instrument);
    }

    private static FrameKind KindOf(Envelope envelope) => envelope.Channel switch
    {
        Channel.Ticker => FrameKind.Ticker,
        Channel.Instrument => FrameKind.Instrument,
        Channel.Status => FrameKind.Status,
        Channel.Heartbeat => FrameKind.Heartbeat,
        Channel.Executions => FrameKind.Executions,
        Channel.Balances => FrameKind.Balances,
        Channel.None when envelope.Method == Method.Pong => FrameKind.Pong,
        Channel.None when envelope.Method == Method.Other => FrameKind.Reply,
        Channel.None when envelope.HasError => FrameKind.Error,
        _ => FrameKind.Other,
    };

    private static Channel ChannelOf(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("book"u8) => Channel.Book,
        _ when name.SequenceEqual("trade"u8) => Channel.Trade,
        _ when name.SequenceEqual("ticker"u8) => Channel.Ticker,
        _ when name.SequenceEqual("heartbeat"u8) => Channel.Heartbeat,
        _ when name.SequenceEqual("instrument"u8) => Channel.Instrument,
        _ when name.SequenceEqual("status"u8) => Channel.Status,
        _ when name.SequenceEqual("executions"u8) => Channel.Executions,
        _ when name.SequenceEqual("balances"u8) => Channel.Balances,
        _ => Channel.Other,
    };

    private static byte BookKindOf(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("update"u8) ? MarketRecordKind.BookDelta
        : type.SequenceEqual("snapshot"u8) ? MarketRecordKind.BookSnapshot
        : (byte)0;

    private enum Channel : byte
    {
        None = 0,
        Unreadable,
        Other,
        Book,
        Trade,
        Ticker,
        Instrument,
        Status,
        Heartbeat,
        Executions,
        Balances,
    }

    private enum Method : byte
    {
        None = 0,
        Other,
        Pong,
    }

    private struct Envelope
    {
        public Channel Channel;
        public Channel DataReadAs;
        public Method Method;

        /// <summary>Zero when the type is neither snapshot nor update.</summary>
        public byte BookKind;
        public bool HasError;
        public FrameRejection DataProblem;

        /// <summary>Zero when there was no data: no value can stand at the start of a frame.</summary>
        public int DataAt;
    }
}

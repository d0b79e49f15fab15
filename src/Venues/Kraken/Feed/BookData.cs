using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Kraken.Feed;

/// <summary>The data of a book frame, held back until the whole frame is known to be sound.</summary>
internal sealed class BookData(SymbolTable symbols, bool requireChecksum)
{
    private static readonly DecimalGrid Whole = new(1m);

    private BookLevel[] _levels = new BookLevel[256];
    private int _levelCount;
    private Entry[] _entries = new Entry[4];
    private int _entryCount;
    private int _unknownSymbols;

    /// <summary>What the first entry that was rejected was about, where that much could be read; else what the frame was about.</summary>
    public ushort? RejectedInstrument { get; private set; }

    /// <summary>Reads the array of entries, one a symbol; what was read before is forgotten.</summary>
    public FrameRejection Read(ref JsonCursor cursor, long receivedTime)
    {
        _levelCount = 0;
        _entryCount = 0;
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

    /// <summary>Hands over what was read.</summary>
    /// <param name="kind">Snapshot or delta, for every entry.</param>
    public FrameResult Hand(byte kind, IRecordSink sink)
    {
        for (var i = 0; i < _entryCount; i++)
        {
            ref var entry = ref _entries[i];
            entry.Header.Kind = kind;
            sink.Append(entry.Header, BookRecord.Payload(_levels.AsSpan(entry.FirstLevel, entry.LevelCount)));
        }

        return FrameResult.Of(FrameKind.Book, _entryCount, _unknownSymbols);
    }

    private FrameRejection ReadEntry(ref JsonCursor cursor, long receivedTime)
    {
        if (cursor.Peek() != '{')
        {
            cursor.SkipValue();
            return FrameRejection.WrongType;
        }

        var firstLevel = _levelCount;
        var fields = new EntryFields { SymbolProblem = FrameRejection.MissingField, Time = receivedTime };
        cursor.Take((byte)'{');
        for (var isFirst = true; cursor.NextKey(isFirst, out var key); isFirst = false)
        {
            if (key.SequenceEqual("symbol"u8))
            {
                fields.SymbolProblem = Fields.Symbol(ref cursor, symbols, out fields.Symbol, out fields.IsKnown);
            }
            else if (key.SequenceEqual("bids"u8))
            {
                ReadSide(ref cursor, BookSide.Bid, firstLevel, ref fields, ref fields.Bids);
            }
            else if (key.SequenceEqual("asks"u8))
            {
                ReadSide(ref cursor, BookSide.Ask, firstLevel, ref fields, ref fields.Asks);
            }
            else if (key.SequenceEqual("checksum"u8))
            {
                fields.ChecksumProblem = Fields.Count(ref cursor, Whole, out var checksum);
                fields.HasChecksum = true;
                fields.Checksum = (uint)checksum;
                if (checksum > uint.MaxValue)
                {
                    fields.ChecksumProblem = FrameRejection.NumberTooLarge;
                }
            }
            else if (key.SequenceEqual("timestamp"u8))
            {
                fields.TimeProblem = Fields.Time(ref cursor, out fields.Time);
            }
            else
            {
                cursor.SkipValue();
            }
        }

        return cursor.IsFailed ? FrameRejection.NotJson : Finish(ref cursor, firstLevel, ref fields, receivedTime);
    }

    private FrameRejection Finish(ref JsonCursor cursor, int firstLevel, ref EntryFields fields, long receivedTime)
    {
        if (fields.SymbolProblem != FrameRejection.None)
        {
            return fields.SymbolProblem;
        }

        if (!fields.IsKnown)
        {
            _levelCount = firstLevel;
            _unknownSymbols++;
            return FrameRejection.None;
        }

        var end = cursor.Position;
        ReadAgain(ref cursor, BookSide.Bid, firstLevel, ref fields, ref fields.Bids);
        ReadAgain(ref cursor, BookSide.Ask, firstLevel, ref fields, ref fields.Asks);
        cursor.GoTo(end);
        var problem = FirstOf(FirstOf(fields.Bids.Problem, fields.Asks.Problem), FirstOf(fields.ChecksumProblem, fields.TimeProblem));
        if (problem == FrameRejection.None && requireChecksum && !fields.HasChecksum)
        {
            problem = FrameRejection.MissingField;
        }

        if (problem != FrameRejection.None)
        {
            RejectedInstrument ??= fields.Symbol.Number;
            return problem;
        }

        if (_entryCount == _entries.Length)
        {
            Array.Resize(ref _entries, _entries.Length * 2);
        }

        _entries[_entryCount++] = new Entry
        {
            Header = fields.HasChecksum
                ? BookRecord.Header(0, fields.Symbol.Number, fields.Time, receivedTime, fields.Checksum)
                : BookRecord.Header(0, fields.Symbol.Number, fields.Time, receivedTime),
            FirstLevel = firstLevel,
            LevelCount = _levelCount - firstLevel,
        };
        return FrameRejection.None;
    }

    private void ReadSide(ref JsonCursor cursor, BookSide side, int firstLevel, ref EntryFields fields, ref Side found)
    {
        if (found.ReadWith is not null)
        {
            Forget(side, firstLevel);
        }

        cursor.Peek();
        found.At = cursor.Position;
        found.Problem = FrameRejection.None;
        if (fields.IsKnown)
        {
            found.ReadWith = fields.Symbol.Number;
            found.Problem = ReadLevels(ref cursor, side, fields.Symbol);
        }
        else
        {
            found.ReadWith = null;
            cursor.SkipValue();
        }
    }

    /// <summary>Reads a side whose symbol came later, or was another one then.</summary>
    private void ReadAgain(ref JsonCursor cursor, BookSide side, int firstLevel, ref EntryFields fields, ref Side found)
    {
        if (found.At != 0 && found.ReadWith != fields.Symbol.Number)
        {
            cursor.GoTo(found.At);
            ReadSide(ref cursor, side, firstLevel, ref fields, ref found);
        }
    }

    private FrameRejection ReadLevels(ref JsonCursor cursor, BookSide side, in FeedSymbol symbol)
    {
        if (cursor.Peek() != '[')
        {
            cursor.SkipValue();
            return FrameRejection.WrongType;
        }

        var problem = FrameRejection.None;
        cursor.Take((byte)'[');
        for (var isFirst = true; cursor.NextElement(isFirst); isFirst = false)
        {
            var levelProblem = ReadLevel(ref cursor, side, symbol);
            if (problem == FrameRejection.None)
            {
                problem = levelProblem;
            }
        }

        return problem;
    }

    private FrameRejection ReadLevel(ref JsonCursor cursor, BookSide side, in FeedSymbol symbol)
    {
        if (cursor.Peek() != '{')
        {
            cursor.SkipValue();
            return FrameRejection.WrongType;
        }

        var priceProblem = FrameRejection.MissingField;
        var quantityProblem = FrameRejection.MissingField;
        var ticks = 0L;
        var lots = 0L;
        cursor.Take((byte)'{');
        for (var isFirst = true; cursor.NextKey(isFirst, out var key); isFirst = false)
        {
            if (key.SequenceEqual("price"u8))
            {
                priceProblem = Fields.Count(ref cursor, symbol.Price, out ticks);
            }
            else if (key.SequenceEqual("qty"u8))
            {
                quantityProblem = Fields.Count(ref cursor, symbol.Quantity, out lots);
            }
            else
            {
                cursor.SkipValue();
            }
        }

        var problem = FirstOf(priceProblem, quantityProblem);
        if (problem != FrameRejection.None)
        {
            return problem;
        }

        if (ticks == 0)
        {
            return FrameRejection.Zero;
        }

        if (_levelCount == _levels.Length)
        {
            if (_levelCount == FrameParser.LevelsMax)
            {
                return FrameRejection.TooManyLevels;
            }

            Array.Resize(ref _levels, _levels.Length * 2);
        }

        _levels[_levelCount++] = new BookLevel(side, ticks, lots);
        return FrameRejection.None;
    }

    /// <summary>Takes back the levels of a side that is given a second time.</summary>
    private void Forget(BookSide side, int firstLevel)
    {
        var kept = firstLevel;
        for (var i = firstLevel; i < _levelCount; i++)
        {
            if (_levels[i].Side != side)
            {
                _levels[kept++] = _levels[i];
            }
        }

        _levelCount = kept;
    }

    private static FrameRejection FirstOf(FrameRejection first, FrameRejection second) => first != FrameRejection.None ? first : second;

    private struct Entry
    {
        public RecordHeader Header;
        public int FirstLevel;
        public int LevelCount;
    }

    /// <summary>Where a side stands in the frame, and for which instrument's grid it was read.</summary>
    private struct Side
    {
        public int At;
        public ushort? ReadWith;
        public FrameRejection Problem;
    }

    private struct EntryFields
    {
        public FeedSymbol Symbol;
        public bool IsKnown;
        public bool HasChecksum;
        public FrameRejection SymbolProblem;
        public FrameRejection ChecksumProblem;
        public FrameRejection TimeProblem;
        public uint Checksum;
        public long Time;
        public Side Bids;
        public Side Asks;
    }
}

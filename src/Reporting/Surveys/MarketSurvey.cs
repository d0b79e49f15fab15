using Parallax.Domain;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;
using Parallax.Journal.Tapes;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Strategies.Cycles;
using Parallax.Strategies.Cycles.Survey;

namespace Parallax.Reporting.Surveys;

/// <summary>The cycles of a tape and how often each paid at the best prices.</summary>
/// <param name="Records">Market records read, definitions not counted.</param>
/// <param name="Span">From the first to the last of them, received time.</param>
/// <param name="Rows">One a directed cycle, those without an evaluation included.</param>
/// <param name="TornTail">What a crash had left at the end of the tape and was not read; null when it ends with a whole record.</param>
public sealed record MarketSurvey(long Records, TimeSpan Span, int Instruments, IReadOnlyList<SurveyRow> Rows, string? TornTail)
{
    /// <param name="feesBps">Fees of one leg.</param>
    /// <param name="startAssets">Only cycles through one of these; every cycle when empty.</param>
    /// <exception cref="RecordFileException">The tape cannot be read or is damaged.</exception>
    /// <exception cref="MalformedRecordException">A record is not what its kind promises.</exception>
    public static MarketSurvey Run(
        string tapePath,
        IReadOnlyList<decimal> feesBps,
        int legsMax,
        IReadOnlyList<Asset> startAssets,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        using var tape = TapeFile.Open(tapePath);
        var cursor = tape.Cursor();
        var instruments = new List<Instrument>();
        var books = new List<OrderBook>();
        CycleSurvey? survey = null;
        CycleSurvey Begin() => new(CycleIndex.Of(instruments, new CycleOptions { LegsMax = legsMax, StartAssets = startAssets }), instruments, feesBps);
        var (records, first, last) = (0L, 0L, 0L);
        while (cursor.TryRead(out var record))
        {
            ref readonly var header = ref record.Header;
            if (header.Kind == MarketRecordKind.Instrument)
            {
                Define(instruments, books, record, survey is not null);
                continue;
            }

            survey ??= Begin();
            first = records++ == 0 ? header.ReceivedTime : first;
            last = header.ReceivedTime;
            if (header.Subject < books.Count)
            {
                var book = books[header.Subject];
                if ((book.Apply(record) & (BookChanges.Best | BookChanges.State)) != BookChanges.None)
                {
                    survey.OnBook(header.Subject, book, header.ReceivedTime);
                }
            }

            if ((records & 0xFFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report((double)cursor.Position.Offset / tape.Size);
            }
        }

        return new MarketSurvey(records, TimeSpan.FromTicks((last - first) / 100), instruments.Count, (survey ?? Begin()).Rows(), tape.TornTail?.ToString());
    }

    private static void Define(List<Instrument> instruments, List<OrderBook> books, Record record, bool hasBegun)
    {
        if (record.Header.Subject < instruments.Count)
        {
            return;
        }

        if (hasBegun || record.Header.Subject != instruments.Count)
        {
            throw new MalformedRecordException(
                $"Record {record.Header.Sequence} defines instrument {record.Header.Subject} out of turn; definitions come first, without gaps.");
        }

        var instrument = InstrumentRecord.Read(record.Payload);
        instruments.Add(instrument);
        books.Add(new OrderBook(instrument));
    }
}

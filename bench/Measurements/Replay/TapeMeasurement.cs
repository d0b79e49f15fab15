using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Measurements.Feed;

namespace Parallax.Measurements.Replay;

/// <summary>R2: how fast a tape of a thousand markets is played through the whole engine, detection, latency, fills and journal on.</summary>
/// <remarks>
/// Timed from the first report of progress (32,768 records: definitions, snapshots and the search for cycles lie before it) to the end of
/// the session. The yardstick keeps sorted dictionaries of decimals from the same records and asks for the best prices, nothing else.
/// </remarks>
/// <param name="folder">Where the tape is put.</param>
public sealed class TapeMeasurement(string folder)
{
    private const int Rounds = 7;
    private const int Markets = 1_000;
    private const int TapeRecords = 1_500_000;
    private const int YardstickRecords = 400_000;

    public Measurement Run(CancellationToken cancellation)
    {
        using var tape = new GeneratedTape(folder, Markets, TapeRecords);
        var expected = Digests(tape, out var isSame);
        var rounds = new Alternation(Rounds, () => Ours(tape, expected, ref isSame), () => Yardstick(tape), cancellation);
        var million = 1_000 / rounds.OursNanos;
        return rounds.Row(
            "R2", "tape replay, 1,000 pairs, latency and fills on (ratio: million records/s)", "decimals in sorted dictionaries, books only", million, 15, isUpperBound: false, isSame);
    }

    private static Timing Ours(GeneratedTape tape, string expected, ref bool isSame)
    {
        using var system = new ReplaySystem(tape);
        var progress = new Stamps();
        isSame &= system.Run(progress) == expected;
        return progress.First.To(progress.Last, tape.Records - progress.FirstRecords);
    }

    private static Timing Yardstick(GeneratedTape tape)
    {
        var books = new OrdinaryBooks(tape.Instruments);
        var cursor = tape.Tape.Cursor();
        for (var i = 0; i < 2 * Markets; i++)
        {
            cursor.TryRead(out var record);
            books.Take(record);
        }

        GC.Collect();
        return Timing.Of(
            () =>
            {
                for (var i = 0; i < YardstickRecords && cursor.TryRead(out var record); i++)
                {
                    if (books.Take(record))
                    {
                        books.Best(record.Header.Subject, BookSide.Bid);
                        books.Best(record.Header.Subject, BookSide.Ask);
                    }
                }
            },
            YardstickRecords);
    }

    /// <summary>Both ways of keeping books over the part that the yardstick plays, not timed; and the journal's hash, which every round has to reach.</summary>
    private static string Digests(GeneratedTape tape, out bool isSame)
    {
        var ordinary = new OrdinaryBooks(tape.Instruments);
        var (theirs, ours) = (new BestPriceDigest(), new BestPriceDigest());
        using var journal = JournalWriter.HashOnly();
        var engine = new Parallax.Trading.Engine.Engine(ReplaySystem.Settings, ReplaySystem.Venue(tape.Instruments, tape.Clock), journal);
        var cursor = tape.Tape.Cursor();
        for (var i = 0; i < YardstickRecords && cursor.TryRead(out var record); i++)
        {
            engine.Handle(record);
            if (ordinary.Take(record))
            {
                var number = record.Header.Subject;
                ours.Add(engine.Markets.Book(number));
                theirs.Add(Level(ordinary, tape.Instruments[number], number, BookSide.Bid), Level(ordinary, tape.Instruments[number], number, BookSide.Ask));
            }
        }

        isSame = ours.Value == theirs.Value;
        using var system = new ReplaySystem(tape);
        return system.Run(progress: null);
    }

    private static Level Level(OrdinaryBooks books, Instrument instrument, int number, BookSide side)
    {
        var (price, quantity) = books.Best(number, side);
        return new Level((long)(price / instrument.TickSize), (long)(quantity / instrument.LotSize));
    }

    private sealed class Stamps : IProgress<long>
    {
        public Stamp First { get; private set; }

        public long FirstRecords { get; private set; }

        public Stamp Last { get; private set; }

        public void Report(long value)
        {
            Last = Stamp.Now();
            if (FirstRecords == 0)
            {
                FirstRecords = value;
                First = Last;
            }
        }
    }
}

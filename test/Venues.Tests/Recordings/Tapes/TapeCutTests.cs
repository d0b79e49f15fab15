using Parallax.Domain;
using Parallax.Journal.Tapes;
using Parallax.MarketData.Records;
using Parallax.Testing;
using Parallax.Venues.Recordings;
using Parallax.Venues.Recordings.Tapes;

namespace Parallax.Venues.Tests.Recordings.Tapes;

public sealed class TapeCutTests : IDisposable
{
    private const string Csv = """
        exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount
        x,A-B,1,10,true,bid,1.5,1
        x,A-B,1,10,true,ask,1.7,2
        x,C-D,2,20,true,ask,9,1
        x,A-B,3,30,false,bid,1.6,3
        x,C-D,4,40,false,ask,8,1
        x,A-B,5,50,false,bid,1.6,0
        """;

    private readonly ScratchFolder _folder = new();

    [Fact]
    public void A_cut_begins_with_definitions_and_the_books_as_they_stood()
    {
        var cut = Cut(new TapeCutOptions { From = 35_000 });
        Assert.Equal(
            [MarketRecordKind.Instrument, MarketRecordKind.Instrument, MarketRecordKind.BookSnapshot, MarketRecordKind.BookSnapshot, MarketRecordKind.BookDelta, MarketRecordKind.BookDelta],
            cut.Records.Select(record => record.Header.Kind));
        Assert.All(cut.Records.Take(4), record => Assert.Equal(35_000, record.Header.ReceivedTime));
        Assert.Equal([new Level(16, 3), new Level(15, 1)], cut.Records[2].Levels.ToArray().Take(2).Select(level => level.Level));
        Assert.Equal(3_000, cut.Records[2].Header.VenueTime);
    }

    [Fact]
    public void Only_the_kept_instruments_are_there_numbered_from_zero()
    {
        var cut = Cut(new TapeCutOptions { Instruments = ["C/D"] });
        Assert.Equal("C/D", Assert.Single(cut.Instruments).Id.Pair);
        Assert.All(cut.Records, record => Assert.Equal(0, record.Header.Subject));
        Assert.Equal(3, cut.Records.Count);
    }

    [Fact]
    public void The_end_is_not_included()
    {
        var cut = Cut(new TapeCutOptions { To = 40_000 });
        Assert.Equal(30_000, cut.Records[^1].Header.ReceivedTime);
    }

    [Fact]
    public void A_cut_of_everything_is_the_same_tape()
    {
        var path = Tape();
        var target = _folder.File("all.tape");
        using (var tape = TapeFile.Open(path))
        {
            NewTape.Write(target, overwrite: false, sink => TapeCut.Run(tape, new TapeCutOptions(), sink));
        }

        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(target));
    }

    [Fact]
    public void A_cut_after_the_last_record_still_holds_the_books()
    {
        var cut = Cut(new TapeCutOptions { From = 90_000 });
        Assert.Equal(4, cut.Records.Count);
    }

    [Fact]
    public void An_unknown_instrument_is_named()
    {
        var wrong = Assert.Throws<RecordingException>(() => Cut(new TapeCutOptions { Instruments = ["A/B", "E/F"] }));
        Assert.Contains("has no instrument E/F", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_that_ends_before_it_begins_is_refused()
    {
        Assert.Throws<RecordingException>(() => Cut(new TapeCutOptions { From = 10, To = 10 }));
        Assert.Throws<RecordingException>(() => Cut(new TapeCutOptions { To = 5 }));
    }

    [SharedFact]
    [Trait("Category", "Fixtures")]
    public void Books_after_a_cut_are_the_books_of_the_whole_tape()
    {
        var path = RecordedTape.Of(_folder, "tardis-l2", SharedData.Path("data", "tri-gemini-20210417", "incremental_book_L2.csv.gz"));
        var whole = RecordedTape.Play(path);
        var times = whole.Records.Select(record => record.Header.ReceivedTime).Distinct().ToArray();
        foreach (var at in new[] { times[1], times[times.Length / 3], times[times.Length / 2], times[^1] })
        {
            var cut = Cut(path, new TapeCutOptions { From = at, Instruments = ["BTC/USD", "ETH/BTC@gemini", "ETHUSD"] });
            foreach (var book in cut.Books)
            {
                var expected = whole.Book(book.Instrument.Symbol);
                Assert.Equal(expected.Bids.ToArray(), book.Bids.ToArray());
                Assert.Equal(expected.Asks.ToArray(), book.Asks.ToArray());
                Assert.Equal(expected.VenueTime, book.VenueTime);
            }
        }
    }

    [SharedFact]
    [Trait("Category", "Fixtures")]
    public void Checksums_after_a_cut_in_the_middle_still_match()
    {
        var path = RecordedTape.Of(_folder, "capture", SharedData.Path("data", "captures-cryptofeed-v3", "KRAKEN.jsonl.gz"));
        var whole = RecordedTape.Play(path);
        var cut = Cut(path, new TapeCutOptions { From = whole.Records[whole.Records.Count / 2].Header.ReceivedTime });
        Assert.Equal(0, cut.Books.Sum(book => book.ChecksumMismatches));
        Assert.InRange(cut.Books.Sum(book => book.VerifiedChecksums), 1000, 4000);
    }

    public void Dispose() => _folder.Dispose();

    private string Tape() => RecordedTape.Of(_folder, "tardis-l2", _folder.Write("a.csv", Csv));

    private CollectedTape Cut(TapeCutOptions options) => Cut(Tape(), options);

    private static CollectedTape Cut(string path, TapeCutOptions options)
    {
        using var tape = TapeFile.Open(path);
        var cut = new CollectedTape();
        TapeCut.Run(tape, options, cut);
        return cut;
    }
}

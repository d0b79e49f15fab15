using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Measurements.Feed;
using Parallax.Measurements.Replay;
using Parallax.Strategies.Cycles;
using Parallax.Strategies.Cycles.Screening;
using Parallax.Venues.Kraken.Feed;
using Parallax.Venues.Wire;

namespace Parallax.Measurements.Engine;

/// <summary>E1: frame to record, record to book, checksum verified, best prices to the cycles that pay.</summary>
public sealed class DecisionReader : FeedReader, IRecordSink
{
    private readonly FrameParser _parser;
    private readonly OrderBook[] _books;
    private readonly CycleDetector _detector;
    private OrderBook _last;

    public DecisionReader(IReadOnlyList<Instrument> instruments)
    {
        _parser = new FrameParser(SymbolTable.Of(instruments));
        _books = [.. instruments.Select(instrument => new OrderBook(instrument))];
        _last = _books[0];
        var index = CycleIndex.Of(instruments, new CycleOptions { LegsMax = 3, StartAssets = ReplaySystem.Settings.StartAssets });
        _detector = new CycleDetector(index, instruments, [.. instruments.Select(ReplaySystem.Settings.Fees.For)]);
        Cycles = index.Count;
    }

    public override string Name => "product with detection";

    public override long BadChecksums => _books.Sum(book => book.ChecksumMismatches);

    public int Cycles { get; }

    /// <summary>Changes after which some cycle paid or stopped paying.</summary>
    public long Decisions { get; private set; }

    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var book = _books[header.Subject];
        if ((book.Apply(header, BookRecord.Levels(payload)) & (BookChanges.Best | BookChanges.State)) != BookChanges.None
            && _detector.OnBook(header.Subject, book))
        {
            Decisions++;
        }

        _last = book;
    }

    public override void Read(FeedStream stream, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            _parser.Parse(stream[i], i, this);
        }
    }

    public override ulong ReadWithDigest(FeedStream stream, int from, int to)
    {
        var digest = new BestPriceDigest();
        for (var i = from; i < to; i++)
        {
            _parser.Parse(stream[i], i, this);
            digest.Add(_last);
        }

        return digest.Value;
    }
}

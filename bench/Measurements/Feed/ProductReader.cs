using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Venues.Kraken.Feed;
using Parallax.Venues.Wire;

namespace Parallax.Measurements.Feed;

/// <summary>The product: frame to record, record to book, checksum verified, as the engine does it.</summary>
public sealed class ProductReader : FeedReader, IRecordSink
{
    private readonly FrameParser _parser;
    private readonly OrderBook[] _books;
    private readonly bool _general;
    private OrderBook _last;

    /// <param name="general">Takes the general path only, as messages in another shape do.</param>
    public ProductReader(FeedStream stream, bool withChecksum = true, bool general = false)
    {
        _parser = new FrameParser(SymbolTable.Of(stream.Instruments), withChecksum);
        _books = [.. stream.Instruments.Select(i => new OrderBook(i))];
        _last = _books[0];
        _general = general;
    }

    public override string Name => _general ? "general path" : "product";

    public override long BadChecksums => _books.Sum(b => b.ChecksumMismatches);

    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var book = _books[header.Subject];
        book.Apply(header, BookRecord.Levels(payload));
        _last = book;
    }

    public override void Read(FeedStream stream, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            Parse(stream[i], i);
        }
    }

    public override ulong ReadWithDigest(FeedStream stream, int from, int to)
    {
        var digest = new BestPriceDigest();
        for (var i = from; i < to; i++)
        {
            Parse(stream[i], i);
            digest.Add(_last);
        }

        return digest.Value;
    }

    /// <summary>Reads one message.</summary>
    public void Parse(ReadOnlySpan<byte> message, long receivedTime)
    {
        var result = _general ? _parser.ParseGeneral(message, receivedTime, this) : _parser.Parse(message, receivedTime, this);
        if (result.Kind != FrameKind.Book)
        {
            throw new InvalidOperationException($"A message of the stream was not read: {result}.");
        }
    }
}

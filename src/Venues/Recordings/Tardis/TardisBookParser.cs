using Parallax.Domain;
using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Messages;
using Parallax.Venues.Recordings.Symbols;
using Parallax.Venues.Recordings.Values;

namespace Parallax.Venues.Recordings.Tardis;

/// <summary>
/// tardis.dev <c>incremental_book_L2</c>:
/// <c>exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount</c>, times in microseconds, amount 0 removes the level.
/// </summary>
/// <remarks>Rows that follow each other with the same symbol, times and is_snapshot are one message of the venue.</remarks>
internal sealed class TardisBookParser(ListingTable listings, ReceivedClock clock) : ILineParser
{
    private const int Exchange = 0, Symbol = 1, Timestamp = 2, LocalTimestamp = 3, IsSnapshot = 4, Side = 5, Price = 6, Amount = 7;

    private readonly CsvColumns _columns = new(TardisBookLayout.Columns);
    private readonly MarketMessage _message = new();
    private bool _isOpen;

    public void Parse(ReadOnlySpan<byte> line, long lineNumber, MessageQueue output)
    {
        if (!_columns.HasHeader)
        {
            _columns.ReadHeader(line);
            return;
        }

        var row = _columns.Row(line);
        var listing = TardisFields.Listing(listings, row[Exchange], row[Symbol]);
        var venueTime = TardisFields.Time(row[Timestamp], "timestamp");
        var receivedTime = TardisFields.Time(row[LocalTimestamp], "local_timestamp");
        var kind = Flag(row[IsSnapshot]) ? MessageKind.BookSnapshot : MessageKind.BookDelta;
        var level = new WireLevel(BookSideOf(row[Side]), TardisFields.Price(row[Price]), Quantity(row[Amount]), lineNumber);

        clock.Advance(receivedTime);
        if (!_isOpen || _message.Listing != listing || _message.Kind != kind || _message.ReceivedTime != receivedTime || _message.VenueTime != venueTime)
        {
            End(output);
            _message.Restart(kind, listing, venueTime, receivedTime, lineNumber);
            _isOpen = true;
        }

        _message.Add(level);
    }

    public void End(MessageQueue output)
    {
        if (_isOpen)
        {
            output.Add(_message.Kind, _message.Listing, _message.VenueTime, _message.ReceivedTime, _message.Line).Add(_message.Levels);
            _isOpen = false;
        }
    }

    private static bool Flag(ReadOnlySpan<byte> field) =>
        field.SequenceEqual("true"u8) || (field.SequenceEqual("false"u8)
            ? false
            : throw new BadLineException($"is_snapshot is true or false; found {Excerpt.Of(field)}"));

    private static BookSide BookSideOf(ReadOnlySpan<byte> field) =>
        field.SequenceEqual("bid"u8) ? BookSide.Bid
        : field.SequenceEqual("ask"u8) ? BookSide.Ask
        : throw new BadLineException($"side is bid or ask; found {Excerpt.Of(field)}");

    private static WireNumber Quantity(ReadOnlySpan<byte> field) =>
        WireNumber.TryParse(field, out var quantity) && quantity.Digits >= 0
            ? quantity
            : throw new BadLineException($"amount is a decimal number of at most 18 digits, zero or more; found {Excerpt.Of(field)}");
}

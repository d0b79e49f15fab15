using System.Buffers.Text;
using Parallax.Domain;
using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Messages;
using Parallax.Venues.Recordings.Symbols;
using Parallax.Venues.Recordings.Values;

namespace Parallax.Venues.Recordings.Tardis;

/// <summary>tardis.dev <c>trades</c>: <c>exchange,symbol,timestamp,local_timestamp,id,side,price,amount</c>; the side is the aggressor's.</summary>
internal sealed class TardisTradeParser(string file, ListingTable listings, ReceivedClock clock, ImportLog log) : ILineParser
{
    private const int Exchange = 0, Symbol = 1, Timestamp = 2, LocalTimestamp = 3, Id = 4, SideColumn = 5, Price = 6, Amount = 7;

    private readonly CsvColumns _columns = new("exchange", "symbol", "timestamp", "local_timestamp", "id", "side", "price", "amount");
    private Listing? _lastListing;
    private ulong _lastId;

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
        var price = TardisFields.Price(row[Price]);
        if (!WireNumber.TryParse(row[Amount], out var quantity) || quantity.Digits <= 0)
        {
            throw new BadLineException($"amount is a positive decimal number of at most 18 digits; found {Excerpt.Of(row[Amount])}");
        }

        // Some venues number trades with text: those trades are taken without a number.
        var id = Utf8Parser.TryParse(row[Id], out ulong number, out var used) && used == row[Id].Length ? number : 0;
        if (!row[SideColumn].SequenceEqual("buy"u8) && !row[SideColumn].SequenceEqual("sell"u8))
        {
            if (!row[SideColumn].SequenceEqual("unknown"u8))
            {
                throw new BadLineException($"side is buy, sell or unknown; found {Excerpt.Of(row[SideColumn])}");
            }

            clock.Advance(receivedTime);
            log.Ignore("trade of unknown side");
            return;
        }

        clock.Advance(receivedTime);
        if (id != 0 && id == _lastId && listing == _lastListing)
        {
            log.RepeatedLine(file, lineNumber, $"repeats trade {id} of the line above; left out");
            return;
        }

        (_lastListing, _lastId) = (listing, id);
        var trade = output.Add(MessageKind.Trade, listing, venueTime, receivedTime, lineNumber);
        trade.TradeId = id;
        trade.Aggressor = row[SideColumn].SequenceEqual("buy"u8) ? Side.Buy : Side.Sell;
        trade.Add(new WireLevel(default, price, quantity, lineNumber));
    }

    public void End(MessageQueue output)
    {
    }
}

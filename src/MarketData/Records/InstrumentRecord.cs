using Parallax.Domain;
using Parallax.Journal.Framing;

namespace Parallax.MarketData.Records;

/// <summary>Defines an instrument; <see cref="RecordHeader.Subject"/> is its number, counted from 0 without gaps.</summary>
public static class InstrumentRecord
{
    public static RecordHeader Header(ushort number, long receivedTime) => new()
    {
        Kind = MarketRecordKind.Instrument,
        Subject = number,
        VenueTime = receivedTime,
        ReceivedTime = receivedTime,
    };

    public static ReadOnlySpan<byte> Write(PayloadWriter writer, Instrument instrument) => writer.Restart()
        .Text(instrument.Id.Venue.Name)
        .Text(instrument.Symbol)
        .Text(instrument.Base.Code)
        .Text(instrument.Quote.Code)
        .Byte((byte)instrument.Id.Kind)
        .Byte((byte)instrument.PriceDecimals)
        .Byte((byte)instrument.QuantityDecimals)
        .Int32(instrument.BookDepth)
        .Decimal(instrument.TickSize)
        .Decimal(instrument.LotSize)
        .Decimal(instrument.QuantityMin)
        .Decimal(instrument.NotionalMin)
        .Decimal(instrument.ContractMultiplier)
        .Written;

    /// <exception cref="MalformedRecordException">The payload is cut short or holds a value out of range.</exception>
    public static Instrument Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        try
        {
            var venue = new VenueId(reader.Text());
            var symbol = reader.Text();
            var @base = new Asset(reader.Text());
            var quote = new Asset(reader.Text());
            var kind = (InstrumentKind)reader.Byte();
            return new Instrument
            {
                Id = new InstrumentId(venue, @base, quote, kind),
                Symbol = symbol,
                PriceDecimals = reader.Byte(),
                QuantityDecimals = reader.Byte(),
                BookDepth = reader.Int32(),
                TickSize = reader.Decimal(),
                LotSize = reader.Decimal(),
                QuantityMin = reader.Decimal(),
                NotionalMin = reader.Decimal(),
                ContractMultiplier = reader.Decimal(),
            }.Validated();
        }
        catch (ArgumentException wrong)
        {
            throw new MalformedRecordException($"The instrument record is not valid. {wrong.Message}", wrong);
        }
    }
}

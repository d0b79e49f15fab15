using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Decisions;

/// <summary>Fields that are more than their bytes: what does not keep to the type's own rules is a malformed record, nothing else.</summary>
internal static class PayloadFields
{
    /// <exception cref="MalformedRecordException">The payload ends early, or the text is no asset code.</exception>
    public static Asset Asset(this ref PayloadReader reader)
    {
        var code = reader.Text();
        return Domain.Asset.IsCode(code) ? new Asset(code) : throw new MalformedRecordException("An asset field holds no asset code.");
    }

    /// <summary>An asset that may be absent: written as an empty text, read as <see langword="default"/>.</summary>
    /// <exception cref="MalformedRecordException">As <see cref="Asset"/>.</exception>
    public static Asset AssetOrNone(this ref PayloadReader reader)
    {
        var code = reader.Text();
        return code.Length == 0 ? default
            : Domain.Asset.IsCode(code) ? new Asset(code)
            : throw new MalformedRecordException("An asset field holds no asset code.");
    }

    /// <summary>An asset that may be absent.</summary>
    public static PayloadWriter AssetOrNone(this PayloadWriter writer, Asset asset) => writer.Text(asset == default ? "" : asset.Code);

    /// <exception cref="MalformedRecordException">The payload ends early, or the text is no venue's name.</exception>
    public static VenueId Venue(this ref PayloadReader reader) =>
        reader.VenueOrNone() ?? throw new MalformedRecordException("A venue field holds no venue's name.");

    /// <returns><see langword="null"/> for an empty name.</returns>
    /// <exception cref="MalformedRecordException">It is no venue's name.</exception>
    public static VenueId? VenueOrNone(this ref PayloadReader reader)
    {
        var name = reader.Text();
        if (name.Length == 0)
        {
            return null;
        }

        try
        {
            return new VenueId(name);
        }
        catch (ArgumentException wrong)
        {
            throw new MalformedRecordException("A venue field holds no venue's name.", wrong);
        }
    }

    /// <exception cref="MalformedRecordException">The payload ends early, or the byte is no side.</exception>
    public static Side Side(this ref PayloadReader reader) => reader.Byte() switch
    {
        (byte)Domain.Side.Buy => Domain.Side.Buy,
        (byte)Domain.Side.Sell => Domain.Side.Sell,
        var other => throw new MalformedRecordException($"A side is 0 or 1; found {other}."),
    };

    /// <summary>A count (16 bits) and that many decimals.</summary>
    public static PayloadWriter Decimals(this PayloadWriter writer, ReadOnlySpan<decimal> values)
    {
        writer.UInt16((ushort)values.Length);
        foreach (var value in values)
        {
            writer.Decimal(value);
        }

        return writer;
    }

    /// <exception cref="MalformedRecordException">The payload ends early.</exception>
    public static decimal[] Decimals(this ref PayloadReader reader)
    {
        var values = new decimal[reader.UInt16()];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = reader.Decimal();
        }

        return values;
    }

    public static PayloadWriter Holding(this PayloadWriter writer, Holding holding) => writer.Text(holding.Asset.Code).Text(holding.Venue.Name);

    /// <exception cref="MalformedRecordException">As <see cref="Asset"/> and <see cref="Venue"/>.</exception>
    public static Holding Holding(this ref PayloadReader reader) => new(reader.Asset(), reader.Venue());

    public static PayloadWriter Instrument(this PayloadWriter writer, InstrumentId id) =>
        writer.Text(id.Venue.Name).Text(id.Base.Code).Text(id.Quote.Code).Byte((byte)id.Kind);

    /// <exception cref="MalformedRecordException">As <see cref="Asset"/> and <see cref="Venue"/>; or no such kind of instrument.</exception>
    public static InstrumentId Instrument(this ref PayloadReader reader)
    {
        var id = new InstrumentId(reader.Venue(), reader.Asset(), reader.Asset(), (InstrumentKind)reader.Byte());
        return Enum.IsDefined(id.Kind) ? id : throw new MalformedRecordException($"No kind of instrument has number {(byte)id.Kind}.");
    }
}

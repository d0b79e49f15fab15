using Parallax.Domain;

namespace Parallax.Venues.Tests.Kraken;

internal static class AnInstrument
{
    public static Instrument Of(string symbol, int priceDecimals, int quantityDecimals = 8, int depth = 10)
    {
        var assets = symbol.Split('/');
        return new Instrument
        {
            Id = new InstrumentId(new VenueId("kraken"), new Asset(assets[0]), new Asset(assets[1]), InstrumentKind.Spot),
            Symbol = symbol,
            TickSize = new decimal(1, 0, 0, false, (byte)priceDecimals),
            LotSize = new decimal(1, 0, 0, false, (byte)quantityDecimals),
            PriceDecimals = priceDecimals,
            QuantityDecimals = quantityDecimals,
            BookDepth = depth,
        };
    }
}

using Parallax.Domain;

namespace Parallax.VenueServers.Kraken.Markets;

/// <summary>How the whole ticks or lots of an instrument are printed: their factor in units of the last decimal, and the decimals.</summary>
internal readonly record struct PrintedNumber(long Factor, int Decimals)
{
    public static PrintedNumber OfPrice(Instrument instrument) => Of(instrument.TickSize, instrument.PriceDecimals);

    public static PrintedNumber OfQuantity(Instrument instrument) => Of(instrument.LotSize, instrument.QuantityDecimals);

    private static PrintedNumber Of(decimal step, int decimals)
    {
        for (var i = 0; i < decimals; i++)
        {
            step *= 10;
        }

        return new PrintedNumber((long)step, decimals);
    }
}

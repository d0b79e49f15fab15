using Parallax.Domain;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Tests;

/// <summary>Things with sensible defaults.</summary>
internal static class An
{
    public static readonly VenueId Venue = new("kraken");

    public static Instrument Instrument(string @base = "BTC", string quote = "USD", decimal tick = 0.1m, decimal lot = 0.00000001m) => new()
    {
        Id = new InstrumentId(Venue, new Asset(@base), new Asset(quote), InstrumentKind.Spot),
        Symbol = $"{@base}/{quote}",
        TickSize = tick,
        LotSize = lot,
    };

    public static Holding Holding(string asset, string venue = "kraken") => new(new Asset(asset), new VenueId(venue));

    public static Fill Fill(Instrument instrument, Side side, long ticks, long lots, decimal fee = 0m, string feeAsset = "USD", ulong trade = 1) =>
        new(instrument, side, new Level(ticks, lots), fee, new Asset(feeAsset), ClientOrderId.Of(1, 1, 1), trade);
}

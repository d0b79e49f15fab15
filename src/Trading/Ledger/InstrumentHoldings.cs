using Parallax.Domain;

namespace Parallax.Trading.Ledger;

internal static class InstrumentHoldings
{
    /// <summary>Whether trading the instrument moves a holding, a fee in a third asset apart.</summary>
    public static bool Touches(this Instrument instrument, Holding holding) =>
        instrument.Id.Venue == holding.Venue && (instrument.Base == holding.Asset || instrument.Quote == holding.Asset);
}

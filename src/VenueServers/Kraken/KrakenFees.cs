namespace Parallax.VenueServers.Kraken;

/// <summary>Fees in quote on every instrument, on top of a buy's cost and out of a sell's proceeds; exact, not rounded.</summary>
/// <param name="Taker">Fraction of the notional. Default 0.0026, the first tier of the recorded AssetPairs of 2023.</param>
/// <param name="Maker">Fraction of the notional. Default 0.0016.</param>
public sealed record KrakenFees(decimal Taker = 0.0026m, decimal Maker = 0.0016m);

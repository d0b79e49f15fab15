using Parallax.Domain;

namespace Parallax.VenueServers.Kraken.Exchange;

/// <summary>A trade as everybody sees it.</summary>
/// <param name="Aggressor">Who crossed the spread.</param>
/// <param name="Id">One more than the one before on the same market.</param>
/// <param name="Time">UTC nanoseconds.</param>
internal readonly record struct PublicTrade(ulong Id, long PriceTicks, long Lots, Side Aggressor, bool IsMarketOrder, long Time);

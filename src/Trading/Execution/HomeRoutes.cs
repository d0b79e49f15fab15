using Parallax.Domain;
using Parallax.Trading.Engine;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Execution;

/// <summary>A way home on the books of one moment: over one market, or over two with an asset between.</summary>
/// <param name="Orders">One a hop, sized by what the one before brings.</param>
/// <param name="Through">What is held between the hops; <see langword="default"/> where there is one.</param>
/// <param name="Value">Start asset that arrives, fees paid.</param>
internal readonly record struct HomeRoute(SizedOrder[] Orders, Asset Through, decimal Value);

/// <summary>Finds ways home for something held, over the markets of its venue.</summary>
/// <remarks>Engine thread only. Asked after a failed leg and for residuals, never for a book record.</remarks>
internal sealed class HomeRoutes(Markets markets, LegQuotes quotes)
{
    /// <summary>The way that brings the most, of equal ones the shortest, then the first.</summary>
    /// <param name="mayDetour">Whether two hops are allowed.</param>
    /// <param name="isClosed">Markets that a way may not begin with.</param>
    public bool TryBest(Holding held, decimal amount, Asset home, bool mayDetour, Predicate<ushort> isClosed, out HomeRoute best)
    {
        var spot = markets.Spot;
        best = default;
        if (spot.TryFind(held.Venue, held.Asset, home, out var direct, out var side) && !isClosed(direct)
            && quotes.TryValue(direct, side, amount, out var value) && quotes.TryAtBook(direct, side, amount, out var order))
        {
            best = new HomeRoute([order], default, value);
        }

        foreach (var number in mayDetour ? spot.Touching(held) : [])
        {
            var first = markets.Instrument(number);
            var (away, through) = first.Base == held.Asset ? (Side.Sell, first.Quote) : (Side.Buy, first.Base);
            // Sizing an order costs far more than valuing it, so that only what would be the best so far is sized.
            if (!isClosed(number) && through != home && spot.TryFind(held.Venue, through, home, out var second, out var back)
                && quotes.TryValue(number, away, amount, out var between) && quotes.TryValue(second, back, between, out var arrives)
                && (best.Orders is null || arrives > best.Value)
                && quotes.TryAtBook(number, away, amount, out var orderAway) && quotes.TryAtBook(second, back, between, out var orderBack))
            {
                best = new HomeRoute([orderAway, orderBack], through, arrives);
            }
        }

        return best.Orders is not null;
    }
}

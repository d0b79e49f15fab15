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
    /// <summary>The market between two assets at a venue, and the side that turns the first into the second.</summary>
    public bool TryMarket(VenueId venue, Asset from, Asset to, out ushort number, out Side side)
    {
        for (number = 0; number < markets.Count; number++)
        {
            var instrument = markets.Instrument(number);
            if (instrument.Id.Venue == venue && instrument.Id.Kind == InstrumentKind.Spot)
            {
                if (instrument.Base == from && instrument.Quote == to)
                {
                    side = Side.Sell;
                    return true;
                }

                if (instrument.Quote == from && instrument.Base == to)
                {
                    side = Side.Buy;
                    return true;
                }
            }
        }

        side = default;
        return false;
    }

    /// <summary>The way that brings the most, of equal ones the shortest, then the first.</summary>
    /// <param name="mayDetour">Whether two hops are allowed.</param>
    /// <param name="isClosed">Markets that a way may not begin with.</param>
    public bool TryBest(Holding held, decimal amount, Asset home, bool mayDetour, Predicate<ushort> isClosed, out HomeRoute best)
    {
        best = default;
        var hasAny = TryMarket(held.Venue, held.Asset, home, out var direct, out var side) && !isClosed(direct)
            && TryHop(direct, side, amount, out var order, out var value) && IsBetter(new HomeRoute([order], default, value), ref best);
        for (ushort number = 0; mayDetour && number < markets.Count; number++)
        {
            var first = markets.Instrument(number);
            if (first.Id.Venue != held.Venue || first.Id.Kind != InstrumentKind.Spot || isClosed(number) || !first.Touches(held))
            {
                continue;
            }

            var (out1, through) = first.Base == held.Asset ? (Side.Sell, first.Quote) : (Side.Buy, first.Base);
            if (through != home && TryMarket(held.Venue, through, home, out var second, out var out2)
                && TryHop(number, out1, amount, out var away, out var between) && TryHop(second, out2, between, out var back, out var arrives))
            {
                hasAny |= IsBetter(new HomeRoute([away, back], through, arrives), ref best);
            }
        }

        return hasAny;
    }

    private bool TryHop(ushort number, Side side, decimal amount, out SizedOrder order, out decimal value)
    {
        value = 0m;
        return quotes.TryAtBook(number, side, amount, out order) && quotes.TryValue(number, side, amount, out value);
    }

    private static bool IsBetter(HomeRoute found, ref HomeRoute best)
    {
        if (best.Orders is not null && found.Value <= best.Value)
        {
            return false;
        }

        best = found;
        return true;
    }
}

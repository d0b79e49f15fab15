using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;

namespace Parallax.Trading.Execution;

/// <summary>What the journal keeps of a plan besides its orders: the books it was decided on, and what it leaves behind.</summary>
internal static class PlanPages
{
    private const int LevelsMin = 5;

    /// <summary>The book of one leg now: everything the plan takes, at least five levels, and one that stands behind.</summary>
    /// <param name="room">Takes a copy of the levels, which the record stands on; grown when they do not fit.</param>
    public static BookSeen BookOf(Plan plan, int leg, OrderBook book, ref Level[] room)
    {
        var planned = plan.Planned.Legs[leg];
        var levels = book.Levels(planned.Side.TakesFrom());
        var shown = 0;
        var quantity = 0L;
        while (shown < levels.Length && (shown < LevelsMin || quantity < planned.QuantityLots))
        {
            quantity += levels[shown++].QuantityLots;
        }

        shown = Math.Min(levels.Length, shown + 1);
        if (room.Length < shown)
        {
            room = new Level[2 * shown];
        }

        levels[..shown].CopyTo(room);
        return new BookSeen(
            plan.Number, (byte)leg, planned.Side, book.ReceivedTime, book.VenueTime, planned.QuantityLots, planned.LimitTicks,
            room.AsMemory(0, shown));
    }

    /// <summary>Everything the plan holds outside its start asset, whether anyone meant to leave it or not.</summary>
    public static Remainder[] RemaindersOf(Plan plan, LegQuotes quotes, Markets markets)
    {
        var remainders = new List<Remainder>();
        for (var node = 1; node < plan.Planned.Nodes.Length; node++)
        {
            var amount = plan.Held(node);
            if (amount != 0m)
            {
                // Below zero where an order that was given up for absent filled after all: somebody has to buy it back, at no known price.
                var mark = amount > 0m && plan.Planned.Legs.Length > 0 ? plan.DetourWorth(node) ?? quotes.ValueBehind(plan, node, amount) : null;
                remainders.Add(new Remainder(plan.Planned.Nodes[node], amount, mark, plan.IsDust(node)));
            }
        }

        foreach (ref readonly var change in plan.Account.Changes)
        {
            // A fee that the venue charged in an asset of its own choice: spent, and nothing that a plan could buy back.
            if (change.Net.Value is var spent and not 0m && !plan.Planned.Nodes.Contains(change.Holding.Asset))
            {
                remainders.Add(new Remainder(
                    change.Holding.Asset, spent, markets.TryPrice(change.Holding.Asset, plan.StartAsset, out var price) ? spent * price : null, IsDust: true));
            }
        }

        return [.. remainders];
    }
}

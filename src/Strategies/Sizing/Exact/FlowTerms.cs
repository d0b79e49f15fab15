using Parallax.Domain;

namespace Parallax.Strategies.Sizing.Exact;

/// <summary>A leg as <see cref="ExactFlow"/> sees it: what one unit of the book's integers is worth in the asset spent and in the asset received.</summary>
/// <param name="Spent">Per tick × lot on a buy, per lot on a sell; a fee on top is in it.</param>
/// <param name="Received">Per lot on a buy, per tick × lot on a sell; a fee taken from it is off.</param>
internal sealed record FlowTerms(Side Side, ExactFactor Spent, ExactFactor Received)
{
    /// <param name="feeFactor">What the fee multiplies the spent or divides the received amount with; 1 for none. Not used for a fee in a third asset.</param>
    /// <returns><see langword="null"/> when a factor has more digits than 128 bits hold.</returns>
    public static FlowTerms? Of(LegTerms terms, decimal feeFactor)
    {
        try
        {
            var (lot, fee) = (ExactFactor.Of(terms.LotSize), ExactFactor.Of(feeFactor));
            var notional = lot * ExactFactor.Of(terms.TickSize);
            var (spent, received) = terms.Side == Side.Buy ? (notional, lot) : (lot, notional);
            return new FlowTerms(terms.Side, terms.IsFeeOnSpent ? spent * fee : spent, terms.IsFeeOnReceived ? received * fee : received);
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}

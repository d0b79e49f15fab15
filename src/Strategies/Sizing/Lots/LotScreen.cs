using System.Numerics;
using Parallax.Domain;

namespace Parallax.Strategies.Sizing.Lots;

/// <summary>
/// Bounds what a plan can earn, in binary64: fees are taken at their rate without rounding up, and every amount is widened by more than
/// the arithmetic can err. So a plan whose bound does not beat the best one known need not be computed exactly.
/// </summary>
internal sealed class LotScreen
{
    // A plan is some thirty operations of relative error 1.1e-16 each.
    private const double Wider = 1 + 1e-13;
    private const double Narrower = 1 - 1e-13;

    // Fewer plans than this are computed one by one where a leg changes its level; a multiple of every vector length.
    private const int ScalarMost = 8;

    private readonly ScreenLeg[] _legs = [new(), new(), new(), new(), new()];
    private readonly ScreenLine[] _lines = new ScreenLine[ContinuousSizer.LegsMax];
    private int _count;

    public void Clear() => _count = 0;

    public void Add(LegTerms terms, ReadOnlySpan<Level> levels, long lotsMin, long lotsMax) => _legs[_count++].Load(terms, levels, lotsMin, lotsMax);

    /// <summary>Runs an amount through the legs without rounding and returns the leg that then trades the fewest order steps.</summary>
    /// <param name="lots">Its lots, not rounded.</param>
    public int CoarsestLeg(double input, out double lots)
    {
        var coarsest = 0;
        lots = 0;
        var fewest = double.PositiveInfinity;
        for (var k = 0; k < _count; k++)
        {
            var leg = _legs[k];
            var traded = Math.Min(leg.LotsSpending(input), leg.Depth);
            input = leg.Received(traded);
            if (traded / leg.Step < fewest)
            {
                fewest = traded / leg.Step;
                coarsest = k;
                lots = traded;
            }
        }

        return coarsest;
    }

    /// <summary>The lots that the first leg trades for an input, not rounded.</summary>
    public double FirstLots(double input) => _legs[0].LotsSpending(input);

    /// <summary>An upper bound of the profit of every plan in which a leg trades these lots.</summary>
    /// <param name="isOnLots">Whether the other legs keep to their lots and minimums, which is tighter, or trade any quantity, which is concave in the lots.</param>
    /// <returns>Negative infinity when no such plan exists; <paramref name="isTooLarge"/> then says that no larger one does either.</returns>
    public double Profit(int leg, double lots, double inputMax, bool isOnLots, out bool isTooLarge)
    {
        isTooLarge = true;
        var input = _legs[leg].Spent(lots);
        for (var k = leg - 1; k >= 0; k--)
        {
            var before = _legs[k];
            var needed = before.LotsReceiving(input * Narrower);
            if (isOnLots)
            {
                needed = Math.Max(before.LotsMin, Math.Ceiling(needed / before.Step) * before.Step);
            }

            if (needed > (isOnLots ? before.LotsMax : before.Depth))
            {
                return double.NegativeInfinity;
            }

            input = before.Spent(needed);
        }

        if (input * Narrower > inputMax)
        {
            return double.NegativeInfinity;
        }

        isTooLarge = false;
        var output = _legs[leg].Received(lots);
        for (var k = leg + 1; k < _count; k++)
        {
            var after = _legs[k];
            var paid = Math.Min(after.Depth, after.LotsSpending(output * Wider));
            if (isOnLots)
            {
                paid = Math.Floor(paid / after.Step) * after.Step;
                if (paid < after.LotsMin)
                {
                    return double.NegativeInfinity;
                }
            }

            output = after.Received(paid);
        }

        return (output * Wider) - (input * Narrower);
    }

    /// <summary>The bounds of <see cref="Profit"/> on lots, for a run of lot counts at once.</summary>
    /// <param name="first">Lots of the first plan; the next ones have <paramref name="step"/> more (or, below zero, less).</param>
    /// <param name="profits">One for each plan; a multiple of the vector length.</param>
    /// <returns>The highest of them.</returns>
    /// <remarks>
    /// While every leg stays on one level of its book, lots and amounts are linear in each other but for the rounding to lots, and several
    /// plans are computed at once; elsewhere one by one.
    /// </remarks>
    public double Profits(int leg, long first, long step, double inputMax, Span<double> profits)
    {
        var last = first + (step * (profits.Length - 1));
        if (last >= 0 && TryLines(leg, Math.Min(first, last), Math.Max(first, last), inputMax))
        {
            return ProfitsOnLines(leg, first, step, profits);
        }

        if (profits.Length > ScalarMost)
        {
            var half = profits.Length / 2;
            return Math.Max(
                Profits(leg, first, step, inputMax, profits[..half]),
                Profits(leg, first + (step * half), step, inputMax, profits[half..]));
        }

        var highest = double.NegativeInfinity;
        for (var i = 0; i < profits.Length; i++)
        {
            var lots = first + (step * i);
            profits[i] = lots < 0 ? double.NegativeInfinity : Profit(leg, lots, inputMax, isOnLots: true, out _);
            highest = Math.Max(highest, profits[i]);
        }

        return highest;
    }

    /// <summary>The line that each leg is on for every plan between two lot counts of one leg.</summary>
    /// <returns>False when a leg changes its level in between, or meets a minimum, its depth or the input limit.</returns>
    private bool TryLines(int leg, double least, double most, double inputMax)
    {
        if (!_legs[leg].TryLine(least, most, out _lines[leg]))
        {
            return false;
        }

        var (low, high) = (_lines[leg].Spent(least), _lines[leg].Spent(most));
        for (var k = leg - 1; k >= 0; k--)
        {
            if (!_legs[k].TryLine(_legs[k].LotsReceiving(low), _legs[k].LotsReceiving(high) + _legs[k].Step, out _lines[k]))
            {
                return false;
            }

            (low, high) = (_lines[k].Spent(_lines[k].LotsReceiving(low)), _lines[k].Spent(_lines[k].LotsReceiving(high) + _legs[k].Step));
        }

        if (high > inputMax)
        {
            return false;
        }

        (low, high) = (_lines[leg].Received(least), _lines[leg].Received(most));
        for (var k = leg + 1; k < _count; k++)
        {
            if (!_legs[k].TryLine(_legs[k].LotsSpending(low) - _legs[k].Step, _legs[k].LotsSpending(high), out _lines[k]))
            {
                return false;
            }

            (low, high) = (_lines[k].Received(_lines[k].LotsSpending(low) - _legs[k].Step), _lines[k].Received(_lines[k].LotsSpending(high)));
        }

        return true;
    }

    private double ProfitsOnLines(int leg, long first, long step, Span<double> profits)
    {
        var lots = new Vector<double>(first) + (Vector<double>.Indices * step);
        var stride = new Vector<double>(step * Vector<double>.Count);
        var highest = new Vector<double>(double.NegativeInfinity);
        for (var i = 0; i < profits.Length; i += Vector<double>.Count)
        {
            var input = _lines[leg].Spent(lots);
            for (var k = leg - 1; k >= 0; k--)
            {
                input = _lines[k].Spent(_lines[k].LotsReceivingUp(input * Narrower));
            }

            var output = _lines[leg].Received(lots);
            for (var k = leg + 1; k < _count; k++)
            {
                output = _lines[k].Received(_lines[k].LotsSpendingDown(output * Wider));
            }

            var profit = (output * Wider) - (input * Narrower);
            profit.CopyTo(profits[i..]);
            highest = Vector.ConditionalSelect(Vector.GreaterThan(profit, highest), profit, highest);
            lots += stride;
        }

        var most = double.NegativeInfinity;
        for (var lane = 0; lane < Vector<double>.Count; lane++)
        {
            most = Math.Max(most, highest[lane]);
        }

        return most;
    }
}

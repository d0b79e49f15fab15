using System.Numerics;
using Parallax.Domain;

namespace Parallax.Strategies.Sizing.Lots;

/// <summary>The legs of a path with their books, in exact whole numbers.</summary>
internal sealed class LotPath<T>
    where T : struct, IBinaryInteger<T>
{
    private readonly LotLeg<T>[] _legs = [new(), new(), new(), new(), new()];
    private int _count;

    public int Count => _count;

    public LotLeg<T> this[int leg] => _legs[leg];

    public void Clear() => _count = 0;

    public void Add(LotModel<T> model, ReadOnlySpan<Level> levels) => _legs[_count++].Load(model, levels);

    /// <summary>Whether every number that the loaded books can lead to stays below a limit.</summary>
    public bool Fits(double limit)
    {
        var amount = 0.0;
        for (var k = 0; k < _count; k++)
        {
            amount = Math.Max(amount, _legs[k].AmountMax);
        }

        for (var k = 0; k < _count; k++)
        {
            if (!(_legs[k].MagnitudeMax(amount) < limit))
            {
                return false;
            }
        }

        return true;
    }

    public bool IsMonotone()
    {
        for (var k = 0; k < _count; k++)
        {
            if (!_legs[k].IsMonotone())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The best plan in which one leg trades a given quantity: the legs before it trade the least that pays for it, the legs after it all
    /// that they can, so input is smallest and output largest (cycles.md 4.1).
    /// </summary>
    /// <param name="inputMax">In units of the start asset.</param>
    /// <returns>False when depth, a minimum or the input limit forbids it.</returns>
    public bool TryPlan(int leg, long lots, T inputMax, out LotRun<T> run)
    {
        run = default;
        if (lots < _legs[leg].LotsMin || lots > _legs[leg].LotsMax)
        {
            return false;
        }

        run.FirstLots = lots;
        run.Input = _legs[leg].Spent(lots);
        for (var k = leg - 1; k >= 0; k--)
        {
            if (!_legs[k].TryLotsDelivering(run.Input, out run.FirstLots))
            {
                return false;
            }

            run.Input = _legs[k].Spent(run.FirstLots);
        }

        if (run.Input > inputMax)
        {
            return false;
        }

        run.Output = _legs[leg].Received(lots);
        for (var k = leg + 1; k < _count; k++)
        {
            var next = _legs[k].LotsFor(run.Output);
            if (next < _legs[k].LotsMin)
            {
                return false;
            }

            run.Output = _legs[k].Received(next);
        }

        return true;
    }

    /// <summary>Runs an amount through the legs one by one, each spending all it can, and writes what happens on each.</summary>
    /// <returns>The legs written: all of them, or up to and with the one that rejects.</returns>
    public int Execute(decimal available, Span<SizedLeg> legs)
    {
        var first = _legs[0];
        var amount = LotAmount.DownTo(available, first.Model.SpentDecimals, first.Spent(first.LotsMax));
        return Execute(first.LotsFor(amount), available, legs);
    }

    /// <summary>As <see cref="Execute(decimal, Span{SizedLeg})"/>, from lots of the first leg and exactly what they cost.</summary>
    public int Execute(long firstLots, Span<SizedLeg> legs) =>
        Execute(firstLots, LotAmount.ToDecimal(_legs[0].Spent(firstLots), _legs[0].Model.SpentDecimals), legs);

    private int Execute(long lots, decimal available, Span<SizedLeg> legs)
    {
        for (var k = 0; k < _count; k++)
        {
            legs[k] = Describe(_legs[k], available, lots);
            if (legs[k].Reject != LegReject.None)
            {
                return k + 1;
            }

            if (k + 1 < _count)
            {
                available = legs[k].Received;
                lots = _legs[k + 1].LotsFor(_legs[k].Received(lots));
            }
        }

        return _count;
    }

    private static SizedLeg Describe(LotLeg<T> leg, decimal available, long lots)
    {
        var (model, terms) = (leg.Model, leg.Model.Terms);
        var over = leg.Notional(lots);
        var notional = LotAmount.ToDecimal(over, 0) * terms.TickSize * terms.LotSize;
        var fee = leg.Fee(lots, over);
        return new SizedLeg
        {
            Side = terms.Side,
            Reject = Reject(leg, lots, over),
            Available = available,
            QuantityLots = lots,
            Quantity = LotAmount.Plain(lots * terms.LotSize),
            LimitTicks = lots > 0 ? leg.WorstTicks(lots) : null,
            Notional = LotAmount.Plain(notional),
            FeeAsset = terms.Factors.FeeAsset,
            Fee = LotAmount.ToDecimal(fee, model.IsFeeOnSpent ? model.SpentDecimals : model.ReceivedDecimals),
            ThirdFeeQuote = terms.Factors.FeeAsset == FeeAsset.Third ? LotAmount.Plain(terms.Fee.On(notional)) : 0m,
            Spent = LotAmount.ToDecimal(leg.Spent(lots, over, fee), model.SpentDecimals),
            Received = LotAmount.ToDecimal(leg.Received(lots, over, fee), model.ReceivedDecimals),
        };
    }

    private static LegReject Reject(LotLeg<T> leg, long lots, T notional)
    {
        if (lots == 0)
        {
            return LegReject.ZeroQuantity;
        }

        if (lots < leg.Model.LotsMin)
        {
            return LegReject.QuantityMin;
        }

        return notional < leg.Model.NotionalMin ? LegReject.NotionalMin : LegReject.None;
    }
}

/// <summary>What a plan takes and gives, in units of the start asset.</summary>
internal struct LotRun<T>
    where T : struct, IBinaryInteger<T>
{
    public long FirstLots;
    public T Input;
    public T Output;

    public readonly T Profit => Output - Input;
}

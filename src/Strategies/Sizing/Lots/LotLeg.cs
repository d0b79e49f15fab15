using System.Numerics;
using Parallax.Domain;

namespace Parallax.Strategies.Sizing.Lots;

/// <summary>A leg with its loaded book: exact answers to what so many lots cost and deliver, and to how many lots an amount allows.</summary>
/// <typeparam name="T">Wide enough for every product here: <see cref="MagnitudeMax"/> is below its largest value.</typeparam>
internal sealed class LotLeg<T>
    where T : struct, IBinaryInteger<T>
{
    private LotModel<T> _model = null!;
    private Level[] _levels = new Level[32];
    private long[] _lotsTo = new long[33];
    private T[] _notionalTo = new T[33];
    private int _count;
    private long _step;

    public LotModel<T> Model => _model;

    /// <summary>Most lots that can be ordered: the visible depth, down to the order step.</summary>
    public long LotsMax { get; private set; }

    /// <summary>Fewest lots that the venue's minimums allow; above <see cref="LotsMax"/> when the depth is too thin for them.</summary>
    public long LotsMin { get; private set; }

    public void Load(LotModel<T> model, ReadOnlySpan<Level> levels)
    {
        _model = model;
        _step = model.Terms.OrderStepLots;
        _count = levels.Length;
        if (_levels.Length < levels.Length)
        {
            _levels = new Level[levels.Length * 2];
            _lotsTo = new long[_levels.Length + 1];
            _notionalTo = new T[_levels.Length + 1];
        }

        levels.CopyTo(_levels);
        var notional = 0.0;
        for (var i = 0; i < levels.Length; i++)
        {
            _lotsTo[i + 1] = checked(_lotsTo[i] + levels[i].QuantityLots);
            _notionalTo[i + 1] = _notionalTo[i] + (Whole(levels[i].PriceTicks) * Whole(levels[i].QuantityLots));
            notional += (double)levels[i].PriceTicks * levels[i].QuantityLots;
        }

        // In binary64, which cannot overflow: this decides whether the sums above can have.
        AmountMax = (Math.Max(notional, _lotsTo[_count]) + 1) * model.PerUnitMax;
        LotsMax = StepDown(_lotsTo[_count]);
        LotsMin = Math.Max(_step, StepUp(Math.Max(model.LotsMin, LotsReaching(model.NotionalMin))));
    }

    /// <summary>
    /// Whether one order step more never delivers less, or costs less. A coarse fee step can break that; then the smallest quantity that
    /// delivers an amount is not defined well enough to be looked for.
    /// </summary>
    public bool IsMonotone()
    {
        var (isOnSpent, isCharge) = (_model.IsFeeOnSpent, T.IsPositive(_model.FeeNumerator));
        if (_model.IsFeeLinear || _count == 0 || isOnSpent == isCharge)
        {
            return true;
        }

        var worst = Math.Min(_levels[0].PriceTicks, _levels[_count - 1].PriceTicks);
        var over = Whole(_step) * (_model.IsFeeOverLots ? T.One : Whole(worst));
        var flat = (isOnSpent ? _model.SpentUnits : _model.ReceivedUnits) * _model.FeeDenominator;
        return over * (flat - (_model.FeeStep * T.Abs(_model.FeeNumerator))) >= _model.FeeStep * _model.FeeDenominator;
    }

    /// <summary>An upper bound, in binary64, of what the whole depth can cost or deliver.</summary>
    public double AmountMax { get; private set; }

    /// <summary>An upper bound, in binary64, of every number that the other methods make of the loaded levels and of an amount.</summary>
    public double MagnitudeMax(double amount) => 8 * _model.FeeDenominatorMax * (amount + AmountMax);

    public T Spent(long lots)
    {
        var notional = _model.IsSpentOverNotional ? Notional(lots) : T.Zero;
        return Spent(lots, notional, _model.IsFeeOnSpent ? Fee(lots, notional) : T.Zero);
    }

    public T Received(long lots)
    {
        var notional = _model.IsReceivedOverNotional ? Notional(lots) : T.Zero;
        return Received(lots, notional, _model.IsFeeOnReceived ? Fee(lots, notional) : T.Zero);
    }

    /// <summary>In units of the asset that pays it; zero for a third asset.</summary>
    /// <param name="notional">Of these lots: <see cref="Notional"/>.</param>
    public T Fee(long lots, T notional) =>
        _model.FeeStep * CeilingDivide(_model.FeeNumerator * (_model.IsFeeOverLots ? Whole(lots) : notional), _model.FeeDenominator);

    /// <summary>As <see cref="Spent(long)"/>, where notional and fee are known.</summary>
    public T Spent(long lots, T notional, T fee)
    {
        var flat = _model.SpentUnits * (_model.IsBuy ? notional : Whole(lots));
        return _model.IsFeeOnSpent ? flat + fee : flat;
    }

    /// <summary>As <see cref="Received(long)"/>, where notional and fee are known.</summary>
    public T Received(long lots, T notional, T fee)
    {
        var flat = _model.ReceivedUnits * (_model.IsBuy ? Whole(lots) : notional);
        return _model.IsFeeOnReceived ? flat - fee : flat;
    }

    /// <summary>In ticks × lots.</summary>
    public T Notional(long lots)
    {
        var i = LevelOf(lots);
        return i == _count ? _notionalTo[i] : _notionalTo[i] + (Whole(lots - _lotsTo[i]) * Whole(_levels[i].PriceTicks));
    }

    /// <summary>The price of the last lot, in ticks.</summary>
    /// <param name="lots">At least one, at most the depth.</param>
    public long WorstTicks(long lots) => _levels[LevelOf(lots - 1)].PriceTicks;

    /// <summary>The most lots that an amount pays for, fee included: 0 when not even one order step.</summary>
    public long LotsFor(T available)
    {
        var most = LotsSpending(available);
        if (_model.IsFeeLinear || !_model.IsFeeOnSpent || Spent(most) <= available)
        {
            return most;
        }

        // Rounding up takes at most one fee step more than the rate says, so the answer lies between these two.
        var least = available > _model.FeeStep ? LotsSpending(available - _model.FeeStep) : 0;
        while (most - least > _step)
        {
            var middle = least + StepDown((most - least) / 2);
            if (Spent(middle) <= available)
            {
                least = middle;
            }
            else
            {
                most = middle;
            }
        }

        return least;
    }

    /// <summary>The fewest lots, minimums included, that deliver an amount after the fee. For a leg that <see cref="IsMonotone"/>.</summary>
    /// <returns>False when the depth does not.</returns>
    public bool TryLotsDelivering(T amount, out long lots)
    {
        lots = Math.Max(LotsMin, LotsReceiving(amount));
        if (lots > LotsMax || Received(lots) >= amount)
        {
            return lots <= LotsMax;
        }

        var most = Math.Min(LotsMax, LotsReceiving(amount + _model.FeeStep));
        if (Received(most) < amount)
        {
            return false;
        }

        while (most - lots > _step)
        {
            var middle = lots + StepDown((most - lots) / 2);
            if (Received(middle) >= amount)
            {
                most = middle;
            }
            else
            {
                lots = middle;
            }
        }

        lots = most;
        return true;
    }

    /// <summary>The most lots for an amount if fees were not rounded: never below the answer.</summary>
    private long LotsSpending(T available)
    {
        if (T.IsNegative(available))
        {
            return 0;
        }

        var over = _model.IsFeeOnSpent
            ? available * _model.FeeDenominator / ((_model.SpentUnits * _model.FeeDenominator) + (_model.FeeStep * _model.FeeNumerator))
            : available / _model.SpentUnits;
        return StepDown(_model.IsBuy ? LotsWithin(over) : long.CreateSaturating(T.Min(over, Whole(LotsMax))));
    }

    /// <summary>The fewest lots for an amount if fees were not rounded: never above the answer.</summary>
    private long LotsReceiving(T amount)
    {
        var over = _model.IsFeeOnReceived
            ? CeilingDivide(amount * _model.FeeDenominator, (_model.ReceivedUnits * _model.FeeDenominator) - (_model.FeeStep * _model.FeeNumerator))
            : CeilingDivide(amount, _model.ReceivedUnits);
        return StepUp(_model.IsBuy ? long.CreateSaturating(T.Min(over, Whole(_lotsTo[_count] + 1))) : LotsReaching(over));
    }

    /// <summary>The most lots whose notional is not above one.</summary>
    private long LotsWithin(T notional)
    {
        var i = 0;
        while (i < _count && _notionalTo[i + 1] <= notional)
        {
            i++;
        }

        return i == _count ? _lotsTo[i] : _lotsTo[i] + long.CreateTruncating((notional - _notionalTo[i]) / Whole(_levels[i].PriceTicks));
    }

    /// <summary>The fewest lots whose notional is not below one; one lot more than the depth when the depth does not reach it.</summary>
    private long LotsReaching(T notional)
    {
        var i = 0;
        while (i < _count && _notionalTo[i + 1] < notional)
        {
            i++;
        }

        return i == _count
            ? _lotsTo[i] + (notional > _notionalTo[i] ? 1 : 0)
            : _lotsTo[i] + long.CreateTruncating(CeilingDivide(notional - _notionalTo[i], Whole(_levels[i].PriceTicks)));
    }

    private int LevelOf(long lots)
    {
        var i = 0;
        while (i < _count && _lotsTo[i + 1] <= lots)
        {
            i++;
        }

        return i;
    }

    private long StepDown(long lots) => _step == 1 ? lots : lots - (lots % _step);

    private long StepUp(long lots) => _step == 1 ? lots : StepDown(lots + _step - 1);

    private static T Whole(long value) => T.CreateTruncating(value);

    private static T CeilingDivide(T value, T divisor)
    {
        if (divisor == T.One)
        {
            return value;
        }

        // Integer division cuts towards zero, which is up for what is negative.
        return T.IsPositive(value) ? (value + divisor - T.One) / divisor : value / divisor;
    }
}

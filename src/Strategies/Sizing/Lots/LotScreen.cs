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

    private readonly Leg[] _legs = [new(), new(), new(), new(), new()];
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

    /// <summary>One leg's book as running sums. A level is found from the one found last: neighboring plans touch neighboring levels.</summary>
    private sealed class Leg
    {
        private double[] _lotsTo = new double[33];
        private double[] _notionalTo = new double[33];
        private double[] _price = new double[32];
        private int _count;
        private int _at;
        private bool _isBuy;
        private double _spentPer;
        private double _receivedPer;

        public double Step { get; private set; }

        public double LotsMin { get; private set; }

        public double Depth => _lotsTo[_count];

        public double LotsMax { get; private set; }

        public void Load(LegTerms terms, ReadOnlySpan<Level> levels, long lotsMin, long lotsMax)
        {
            if (_price.Length < levels.Length)
            {
                _price = new double[levels.Length * 2];
                _lotsTo = new double[_price.Length + 1];
                _notionalTo = new double[_price.Length + 1];
            }

            _count = levels.Length;
            _at = 0;
            for (var i = 0; i < levels.Length; i++)
            {
                _price[i] = levels[i].PriceTicks;
                _lotsTo[i + 1] = _lotsTo[i] + levels[i].QuantityLots;
                _notionalTo[i + 1] = _notionalTo[i] + (_price[i] * levels[i].QuantityLots);
            }

            _isBuy = terms.Side == Side.Buy;
            Step = terms.OrderStepLots;
            (LotsMin, LotsMax) = (lotsMin, lotsMax);
            var lot = (double)terms.LotSize;
            var notional = lot * (double)terms.TickSize;
            var fee = (double)terms.Fee.Rate;
            _spentPer = (_isBuy ? notional : lot) * (terms.IsFeeOnSpent ? 1 + fee : 1);
            _receivedPer = (_isBuy ? lot : notional) * (terms.IsFeeOnReceived ? 1 - fee : 1);
        }

        public double Spent(double lots) => _spentPer * (_isBuy ? Notional(lots) : lots);

        public double Received(double lots) => _receivedPer * (_isBuy ? lots : Notional(lots));

        /// <summary>Above the depth for more than the depth costs.</summary>
        public double LotsSpending(double amount) => _isBuy ? LotsOf(amount / _spentPer) : amount / _spentPer;

        public double LotsReceiving(double amount) => _isBuy ? amount / _receivedPer : LotsOf(amount / _receivedPer);

        private double Notional(double lots)
        {
            var i = Math.Min(_at, _count - 1);
            while (i > 0 && lots < _lotsTo[i])
            {
                i--;
            }

            while (i < _count - 1 && lots > _lotsTo[i + 1])
            {
                i++;
            }

            _at = i;
            return _notionalTo[i] + ((lots - _lotsTo[i]) * _price[i]);
        }

        private double LotsOf(double notional)
        {
            var i = Math.Min(_at, _count - 1);
            while (i > 0 && notional < _notionalTo[i])
            {
                i--;
            }

            while (i < _count - 1 && notional > _notionalTo[i + 1])
            {
                i++;
            }

            _at = i;
            return _lotsTo[i] + ((notional - _notionalTo[i]) / _price[i]);
        }
    }
}

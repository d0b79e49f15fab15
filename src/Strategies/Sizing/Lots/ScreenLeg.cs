using Parallax.Domain;

namespace Parallax.Strategies.Sizing.Lots;

/// <summary>One leg's book as running sums. A level is found from the one found last: neighboring plans touch neighboring levels.</summary>
internal sealed class ScreenLeg
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
        var factors = terms.Factors;
        var notional = factors.Lot * factors.Tick;
        _spentPer = (_isBuy ? notional : factors.Lot) * (factors.IsFeeOnSpent ? 1 + factors.FeeRate : 1);
        _receivedPer = (_isBuy ? factors.Lot : notional) * (factors.IsFeeOnReceived ? 1 - factors.FeeRate : 1);
    }

    public double Spent(double lots) => _spentPer * (_isBuy ? Notional(lots) : lots);

    public double Received(double lots) => _receivedPer * (_isBuy ? lots : Notional(lots));

    /// <summary>Above the depth for more than the depth costs.</summary>
    public double LotsSpending(double amount) => _isBuy ? LotsOf(amount / _spentPer) : amount / _spentPer;

    public double LotsReceiving(double amount) => _isBuy ? amount / _receivedPer : LotsOf(amount / _receivedPer);

    /// <summary>The leg on the level that a whole range of lots lies on.</summary>
    /// <returns>False when the range reaches over two levels, or below the minimum or above the depth.</returns>
    public bool TryLine(double least, double most, out ScreenLine line)
    {
        line = default;
        if (least < LotsMin || most > LotsMax)
        {
            return false;
        }

        Notional(least);
        var i = _at;
        if (least < _lotsTo[i] || most > _lotsTo[i + 1])
        {
            return false;
        }

        var start = _notionalTo[i] - (_lotsTo[i] * _price[i]);
        line = _isBuy
            ? new ScreenLine(Step, _spentPer * _price[i], _spentPer * start, _receivedPer, 0)
            : new ScreenLine(Step, _spentPer, 0, _receivedPer * _price[i], _receivedPer * start);
        return true;
    }

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

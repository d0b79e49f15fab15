using Parallax.Domain;

namespace Parallax.Measurements.Cycles;

/// <summary>Minus the logarithms of the edges' net rates, as the yardsticks keep them: two per instrument, buy first.</summary>
internal sealed class EdgeWeights
{
    private readonly double[] _tick;
    private readonly double[] _kept;

    public EdgeWeights(IReadOnlyList<Instrument> instruments, IReadOnlyList<FeeTerms> fees)
    {
        Values = new double[instruments.Count * 2];
        Values.AsSpan().Fill(double.PositiveInfinity);
        _tick = [.. instruments.Select(instrument => Math.Log((double)instrument.TickSize))];
        _kept = [.. fees.Select(fee => Math.Log((double)(1m - fee.Rate)))];
    }

    public double[] Values { get; }

    public void Set(in TopOfBookChange change)
    {
        var number = change.Instrument;
        Values[number * 2] = Math.Log(change.AskTicks) + _tick[number] - _kept[number];
        Values[(number * 2) + 1] = -Math.Log(change.BidTicks) - _tick[number] - _kept[number];
    }
}

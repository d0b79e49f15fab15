using System.Numerics;
using System.Runtime.CompilerServices;
using Parallax.Domain;
using Parallax.Strategies.Sizing.Exact;
using Parallax.Strategies.Sizing.Lots;

namespace Parallax.Strategies.Sizing;

/// <summary>Sizes a closed path of up to five legs on the books of this moment: continuous, and exact on lots.</summary>
/// <remarks>
/// Load the legs (<see cref="Clear"/>, then <see cref="Add"/> in trade order), then ask. One thread at a time. Allocates nothing once its
/// arrays have grown and each leg's terms were seen beside the same neighbors, but for amounts beyond 126 bits, which are computed with
/// integers of any length.
/// </remarks>
public sealed class PathSizer
{
    /// <summary>What <see cref="Best"/> looks at before it settles for a plan with a known gap: about a millisecond.</summary>
    public const int EvaluationsMaxDefault = 50_000;

    /// <summary>Leaves a bit of 127 for a sum.</summary>
    private static readonly double Int128Room = Math.Pow(2, 126);

    private readonly LegTerms[] _terms = new LegTerms[ContinuousSizer.LegsMax];
    private readonly Level[][] _levels = [new Level[32], new Level[32], new Level[32], new Level[32], new Level[32]];
    private readonly int[] _levelCount = new int[ContinuousSizer.LegsMax];
    private readonly ContinuousSizer _continuous = new();
    private readonly LotScreen _screen = new();
    private readonly LotPath<Int128> _path = new();
    private readonly SizedPath _result = new();
    private LotPath<BigInteger>? _longPath;
    private int _count;

    /// <summary>Forgets the legs.</summary>
    public void Clear()
    {
        _count = 0;
        _continuous.Clear();
    }

    /// <summary>Adds the next leg.</summary>
    /// <param name="levels">The half of the book that the leg takes from, best first. Copied.</param>
    public void Add(LegTerms terms, ReadOnlySpan<Level> levels)
    {
        if (_levels[_count].Length < levels.Length)
        {
            _levels[_count] = new Level[2 * levels.Length];
        }

        levels.CopyTo(_levels[_count]);
        _levelCount[_count] = levels.Length;
        _terms[_count++] = terms;
        _continuous.Add(terms, levels);
    }

    /// <summary>The continuous optimum in binary64.</summary>
    /// <param name="inputMax">Start asset.</param>
    /// <param name="marginalMin">The least that the last unit put in must return.</param>
    public ContinuousSize Continuous(double inputMax = double.PositiveInfinity, double marginalMin = 1) => _continuous.Size(inputMax, marginalMin);

    /// <summary>The plan on whole lots with the largest profit, of equals the one with the smallest first leg.</summary>
    /// <param name="inputMax">Most that may be spent, start asset.</param>
    /// <param name="evaluationsMax">Plans to look at; <see cref="SizedPath.ProfitMissedMax"/> is above zero when they did not suffice.</param>
    /// <returns>Valid until the next call.</returns>
    public SizedPath Best(decimal inputMax, int evaluationsMax = EvaluationsMaxDefault)
    {
        var continuous = _continuous.Size((double)inputMax);
        var optimum = HasThirdFee() ? _continuous.Size((double)inputMax, isThirdFeeIgnored: true) : continuous;
        if (continuous.Stop == SizingStop.EmptyBook || !(optimum.Input > 0))
        {
            _result.Set(continuous.Stop == SizingStop.EmptyBook ? SizingOutcome.EmptyBook : SizingOutcome.NoEdge, 0, continuous, 0, 0);
            return _result;
        }

        if (TryLoad(_path))
        {
            Search(_path, inputMax, continuous, optimum.Input, evaluationsMax);
        }
        else
        {
            Search(LoadLong(), inputMax, continuous, optimum.Input, evaluationsMax);
        }

        return _result;
    }

    /// <summary>Runs an amount through the legs, each spending as much of what it receives as its lots and fee allow.</summary>
    /// <param name="available">Start asset.</param>
    /// <returns>Valid until the next call.</returns>
    public SizedPath Execute(decimal available)
    {
        var legs = TryLoad(_path) ? _path.Execute(available, _result.Room(_count)) : LoadLong().Execute(available, _result.Room(_count));
        var isRejected = legs == 0 || _result.Room(legs)[^1].Reject != LegReject.None;
        _result.Set(isRejected ? SizingOutcome.LegRejected : SizingOutcome.Sized, legs, default, 0, 0);
        return _result;
    }

    /// <summary>Where the edge of an input goes: the profit without fees and lots, what fees take, what lots take.</summary>
    /// <param name="spent">Start asset.</param>
    /// <param name="profit">Start asset.</param>
    /// <remarks>Allocates only where the books end before the input does.</remarks>
    public EdgeWaterfall Waterfall(decimal spent, decimal profit) =>
        TryGain(spent, hasFees: false, out var gross) && TryGain(spent, hasFees: true, out var net)
            ? EdgeWaterfall.Of(gross, net, profit)
            : WaterfallInFractions(spent, profit);

    /// <summary>The obvious version of <see cref="Waterfall"/>, for every book and amount: fractions of any length.</summary>
    internal EdgeWaterfall WaterfallInFractions(decimal spent, decimal profit)
    {
        var legs = new List<ExactLeg>();
        for (var k = 0; k < _count; k++)
        {
            var terms = _terms[k];
            legs.Add(new ExactLeg(terms.Side, terms.Fee, [.. _levels[k].Take(_levelCount[k]).Select(level =>
                new ExactLevel((Rational)terms.TickSize * level.PriceTicks, (Rational)terms.LotSize * level.QuantityLots))]));
        }

        return EdgeWaterfall.Of(legs, spent, profit);
    }

    private bool TryGain(decimal spent, bool hasFees, out decimal gain)
    {
        gain = 0m;
        Unsafe.SkipInit(out ExactFlow flow);
        flow.Begin(spent);
        for (var k = 0; k < _count; k++)
        {
            if (_terms[k].Flow(hasFees) is not { } terms || !flow.TryPass(terms, Levels(k)))
            {
                return false;
            }
        }

        return flow.TryGain(spent, out gain);
    }

    private void Search<T>(LotPath<T> path, decimal inputMax, ContinuousSize continuous, double optimum, int evaluationsMax)
        where T : struct, IBinaryInteger<T>
    {
        _screen.Clear();
        for (var k = 0; k < _count; k++)
        {
            _screen.Add(_terms[k], Levels(k), path[k].LotsMin, path[k].LotsMax);
        }

        var decimals = path[0].Model.SpentDecimals;
        var units = LotAmount.DownTo(inputMax, decimals, path[0].Spent(path[0].LotsMax));
        var unit = path[0].Model.SpentUnit;
        var found = LotSearch.Run(path, _screen, units, (double)inputMax, optimum, unit, evaluationsMax);
        if (found.FirstLots == 0)
        {
            _result.Set(SizingOutcome.NoFeasibleLots, 0, continuous, found.Evaluations, found.ProfitMissedMax);
            return;
        }

        var legs = path.Execute(found.FirstLots, _result.Room(_count));
        _result.Set(SizingOutcome.Sized, legs, continuous, found.Evaluations, found.ProfitMissedMax);
    }

    private bool TryLoad(LotPath<Int128> path)
    {
        path.Clear();
        for (var k = 0; k < _count; k++)
        {
            var (spent, received) = Decimals(k);
            if (_terms[k].ModelFor(spent, received) is not { } model)
            {
                return false;
            }

            path.Add(model, Levels(k));
        }

        return path.Fits(Int128Room);
    }

    private LotPath<BigInteger> LoadLong()
    {
        var path = _longPath ??= new LotPath<BigInteger>();
        path.Clear();
        for (var k = 0; k < _count; k++)
        {
            var (spent, received) = Decimals(k);
            path.Add(new LotModel<BigInteger>(_terms[k], spent, received), Levels(k));
        }

        return path;
    }

    /// <summary>The decimals of the assets before and after a leg: what both of the legs that meet there need.</summary>
    private (int Spent, int Received) Decimals(int leg)
    {
        var before = _terms[(leg + _count - 1) % _count];
        var after = _terms[(leg + 1) % _count];
        return (
            Math.Max(_terms[leg].Decimals.Spent, before.Decimals.Received),
            Math.Max(_terms[leg].Decimals.Received, after.Decimals.Spent));
    }

    private bool HasThirdFee()
    {
        for (var k = 0; k < _count; k++)
        {
            if (_terms[k].Factors.FeeAsset == FeeAsset.Third)
            {
                return true;
            }
        }

        return false;
    }

    private ReadOnlySpan<Level> Levels(int leg) => _levels[leg].AsSpan(0, _levelCount[leg]);
}

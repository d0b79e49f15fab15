using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Strategies.Sizing;

namespace Parallax.Strategies.Cycles;

/// <summary>Sizes cycles on the books of this moment.</summary>
/// <remarks>Engine thread only. Allocates nothing in steady state.</remarks>
public sealed class CycleSizer
{
    private readonly LegTerms[] _terms;
    private readonly PathSizer _sizer = new();

    /// <param name="instruments">By number.</param>
    /// <param name="fees">Taker fees of the same instruments.</param>
    public CycleSizer(IReadOnlyList<Instrument> instruments, IReadOnlyList<FeeTerms> fees)
    {
        _terms = new LegTerms[instruments.Count * 2];
        for (var edge = 0; edge < _terms.Length; edge++)
        {
            var leg = CycleLeg.OfEdge(edge);
            _terms[edge] = LegTerms.Of(instruments[leg.Instrument], leg.Side, fees[leg.Instrument]);
        }
    }

    /// <summary>The terms of one leg.</summary>
    public LegTerms Terms(CycleLeg leg) => _terms[leg.Edge];

    /// <summary>The most profitable plan on whole lots.</summary>
    /// <param name="books">By instrument number; only those of the cycle are read, and the caller has checked that they may be traded on.</param>
    /// <param name="inputMax">Most that may be spent, start asset: balance, reserve and notional limits together.</param>
    /// <returns>Valid until the next call.</returns>
    /// <remarks>
    /// Fees in a third asset are not part of the flow, so a plan would grow until its last unit earned nothing before them. The input is
    /// therefore held at the continuous optimum in which those fees shade the rates.
    /// </remarks>
    public SizedPath Size(Cycle cycle, ReadOnlySpan<OrderBook> books, decimal inputMax, int evaluationsMax = PathSizer.EvaluationsMaxDefault)
    {
        Load(cycle, books);
        return _sizer.Best(decimal.Min(inputMax, ThirdFeeLimit(cycle)), evaluationsMax);
    }

    /// <summary>What an input becomes on the way round, each leg trading as much of what it receives as its lots and fee allow.</summary>
    /// <param name="books">As for <see cref="Size"/>.</param>
    /// <param name="input">Start asset.</param>
    /// <returns>Valid until the next call.</returns>
    public SizedPath Execute(Cycle cycle, ReadOnlySpan<OrderBook> books, decimal input)
    {
        Load(cycle, books);
        return _sizer.Execute(input);
    }

    /// <summary>Where the edge of the last sized plan goes, on the books it was sized on. Allocates.</summary>
    public EdgeWaterfall Waterfall(SizedPath plan) => _sizer.Waterfall(plan.Spent, plan.Profit);

    private void Load(Cycle cycle, ReadOnlySpan<OrderBook> books)
    {
        _sizer.Clear();
        foreach (var leg in cycle.Legs)
        {
            _sizer.Add(_terms[leg.Edge], books[leg.Instrument].Levels(leg.Side.TakesFrom()));
        }
    }

    private decimal ThirdFeeLimit(Cycle cycle)
    {
        var hasThirdFee = false;
        foreach (var leg in cycle.Legs)
        {
            hasThirdFee |= _terms[leg.Edge].Factors.FeeAsset == FeeAsset.Third;
        }

        if (!hasThirdFee)
        {
            return decimal.MaxValue;
        }

        // Binary floating point is never cast to money: nine decimals as a whole number, three where nine would not fit.
        return _sizer.Continuous().Input switch
        {
            < 9e9 and var input => (long)(input * 1e9) / 1e9m,
            < 9e15 and var input => (long)(input * 1e3) / 1e3m,
            _ => decimal.MaxValue,
        };
    }
}

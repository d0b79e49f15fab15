namespace Parallax.Strategies.Sizing;

/// <summary>Whether a path could be sized, and why not.</summary>
public enum SizingOutcome : byte
{
    Sized = 0,

    /// <summary>A leg's side of the book is empty.</summary>
    EmptyBook = 1,

    /// <summary>The best prices, fees in, return no more than is put in.</summary>
    NoEdge = 2,

    /// <summary>There is an edge, but no quantity on the venues' lots, minimums and fee steps keeps it within what may be spent.</summary>
    NoFeasibleLots = 3,

    /// <summary>A leg rejected the amount that was to be run through it: see the last leg.</summary>
    LegRejected = 4,
}

/// <summary>A path with whole lots on every leg: what each leg trades, costs and leaves over. Belongs to its sizer, which overwrites it.</summary>
public sealed class SizedPath
{
    private readonly SizedLeg[] _legs = new SizedLeg[ContinuousSizer.LegsMax];
    private int _count;

    public SizingOutcome Outcome { get; private set; }

    /// <summary>In trade order. Empty when nothing was sized; up to and with the rejecting leg when one rejected.</summary>
    public ReadOnlySpan<SizedLeg> Legs => _legs.AsSpan(0, _count);

    /// <summary>Start asset.</summary>
    public decimal Spent => _count == 0 ? 0m : _legs[0].Spent;

    /// <summary>Start asset; zero unless every leg trades.</summary>
    public decimal Received => Outcome == SizingOutcome.Sized ? _legs[_count - 1].Received : 0m;

    /// <summary>Received - spent, start asset, what is left over on the way valued at zero; zero unless sized. Fees in a third asset are not in it.</summary>
    public decimal Profit => Outcome == SizingOutcome.Sized ? Received - Spent : 0m;

    /// <summary>
    /// At least what the fees in a third asset are worth, start asset: each leg's share of its notional, taken of the larger of spent and
    /// received. Not part of <see cref="Profit"/>, so what is claimed must be less by this.
    /// </summary>
    public decimal ThirdFees
    {
        get
        {
            var share = 0m;
            foreach (var leg in Legs)
            {
                share += leg.ThirdFeeQuote > 0m ? leg.ThirdFeeQuote / leg.Notional : 0m;
            }

            return share * decimal.Max(Spent, Received);
        }
    }

    /// <summary>The best size if quantities had no lots, under the same input limit. A bound, not a claim.</summary>
    public ContinuousSize Continuous { get; private set; }

    /// <summary>Plans the search looked at.</summary>
    public int Evaluations { get; private set; }

    /// <summary>
    /// What a plan that the search did not look at could earn beyond this one, start asset: 0 when this one is proven best, above when
    /// the evaluation budget ended first.
    /// </summary>
    public double ProfitMissedMax { get; private set; }

    /// <summary>A copy that the sizer does not overwrite.</summary>
    public SizedPath Copy()
    {
        var copy = new SizedPath { Outcome = Outcome, Continuous = Continuous, Evaluations = Evaluations, ProfitMissedMax = ProfitMissedMax, _count = _count };
        Legs.CopyTo(copy._legs);
        return copy;
    }

    internal Span<SizedLeg> Room(int legs) => _legs.AsSpan(0, legs);

    internal void Set(SizingOutcome outcome, int legs, ContinuousSize continuous, int evaluations, double profitMissedMax) =>
        (Outcome, _count, Continuous, Evaluations, ProfitMissedMax) = (outcome, legs, continuous, evaluations, profitMissedMax);
}

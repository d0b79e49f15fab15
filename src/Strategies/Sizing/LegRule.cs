using Parallax.Domain;

namespace Parallax.Strategies.Sizing;

/// <summary>The taker rule of a single leg: as many lots as an amount pays for, fee included, against the visible book.</summary>
public static class LegRule
{
    /// <param name="levels">The half of the book that the leg takes from, best first.</param>
    /// <param name="available">What may be spent: quote on a buy, base on a sell.</param>
    /// <returns>With <see cref="SizedLeg.Reject"/> set when the venue would not take the order; its numbers then say how near it was.</returns>
    /// <remarks>Allocates a workspace; for orders, not for screening.</remarks>
    public static SizedLeg Size(LegTerms terms, ReadOnlySpan<Level> levels, decimal available)
    {
        var sizer = new PathSizer();
        sizer.Add(terms, levels);
        return sizer.Execute(available).Legs[0];
    }
}

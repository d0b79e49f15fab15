using Parallax.Domain;

namespace Parallax.Strategies.Sizing;

/// <summary>The taker rule of a single leg: as many lots as an amount pays for, fee included, against the visible book.</summary>
/// <remarks>One thread at a time. As <see cref="PathSizer"/>, allocates nothing once the terms were seen.</remarks>
public sealed class LegRule
{
    private readonly PathSizer _sizer = new();

    /// <param name="levels">The half of the book that the leg takes from, best first.</param>
    /// <param name="available">What may be spent: quote on a buy, base on a sell.</param>
    /// <returns>With <see cref="SizedLeg.Reject"/> set when the venue would not take the order; its numbers then say how near it was.</returns>
    public SizedLeg Size(LegTerms terms, ReadOnlySpan<Level> levels, decimal available)
    {
        _sizer.Clear();
        _sizer.Add(terms, levels);
        return _sizer.Execute(available).Legs[0];
    }
}

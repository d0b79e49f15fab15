using Parallax.Domain;

namespace Parallax.Strategies.Cycles;

/// <summary>Which cycles are looked for, and where each begins.</summary>
public sealed record CycleOptions
{
    /// <summary>What a cycle starts with when nothing is configured: the assets in which markets are usually quoted, most usual first.</summary>
    public static readonly IReadOnlyList<Asset> UsualQuotes =
        [new("USD"), new("USDT"), new("USDC"), new("EUR"), new("GBP"), new("JPY"), new("BTC"), new("XBT"), new("ETH"), new("BNB")];

    /// <summary>Longest cycle, 3 to 5 legs.</summary>
    public int LegsMax { get; init; } = 3;

    /// <summary>
    /// Only cycles through one of these are kept, each once, beginning at the first of them that it contains
    /// (<see cref="Cycle.StartingAt"/> turns it). Empty: every cycle.
    /// </summary>
    public IReadOnlyList<Asset> StartAssets { get; init; } = [];

    /// <summary>
    /// Without <see cref="StartAssets"/>: a cycle begins at the first of these that it contains, else at its first asset in
    /// ordinal order.
    /// </summary>
    public IReadOnlyList<Asset> PreferredStarts { get; init; } = UsualQuotes;

    /// <summary>More cycles than this are refused: long cycles on a large market number in the millions and cost memory.</summary>
    public int CyclesMax { get; init; } = 4_000_000;

    /// <exception cref="ArgumentException">Says which option is off and what was found.</exception>
    public CycleOptions Validated()
    {
        if (LegsMax is < 3 or > 5)
        {
            throw new ArgumentException($"A cycle has 3 to 5 legs; found a maximum of {LegsMax}.");
        }

        return CyclesMax > 0 ? this : throw new ArgumentException($"The maximum number of cycles is positive; found {CyclesMax}.");
    }
}

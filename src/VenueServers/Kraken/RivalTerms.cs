namespace Parallax.VenueServers.Kraken;

/// <summary>How other traders behave who see the same mispricings. Percentages of occasions; all zero for none.</summary>
/// <remarks>
/// They are why a plan is missed, filled in part, or has to be taken back: somebody was there first, before the first leg, while an order
/// was on its way, or while the client waited for the answer to one.
/// </remarks>
public sealed record RivalTerms
{
    /// <summary>A mispricing appears, and within <see cref="FirstWithinMicros"/> a rival empties the level of one of its legs. Default 15.</summary>
    public int FirstPercent { get; init; } = 15;

    /// <summary>Default 2,000 µs.</summary>
    public int FirstWithinMicros { get; init; } = 2_000;

    /// <summary>
    /// A client's order for a leg arrives, and a rival's for the same levels stood before it in the queue: within the client's limit 20 to 70 %
    /// of its quantity are left. Default 12.
    /// </summary>
    public int AheadPercent { get; init; } = 12;

    /// <summary>A client traded a leg, and a rival sweeps the next one at once: every price that still paid. Default 20.</summary>
    public int SweepOfNextPercent { get; init; } = 20;

    /// <exception cref="ArgumentException">Says which term is off and what was found.</exception>
    public RivalTerms Validated()
    {
        Require(FirstPercent is >= 0 and <= 100, nameof(FirstPercent), FirstPercent);
        Require(FirstWithinMicros is >= 0 and <= 1_000_000, nameof(FirstWithinMicros), FirstWithinMicros);
        Require(AheadPercent is >= 0 and <= 100, nameof(AheadPercent), AheadPercent);
        Require(SweepOfNextPercent is >= 0 and <= 100, nameof(SweepOfNextPercent), SweepOfNextPercent);
        return this;

        static void Require(bool holds, string name, long found)
        {
            if (!holds)
            {
                throw new ArgumentException($"Rivals: {name} is out of range; found {found}.");
            }
        }
    }
}

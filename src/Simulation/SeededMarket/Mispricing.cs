using System.Collections.Immutable;
using Parallax.Domain;

namespace Parallax.Simulation.SeededMarket;

/// <summary>One leg of a planted cycle at the moment it was planted.</summary>
/// <param name="Instrument">The instrument's number.</param>
/// <param name="Side">What to do there.</param>
/// <param name="Best">The level that a taker meets first.</param>
public readonly record struct MispricingLeg(ushort Instrument, Side Side, Level Best);

/// <summary>A planted mispricing: for a while, a cycle truly pays.</summary>
/// <remarks>
/// While it lives, the first half of each side of its three books stands still and no other planted mispricing exists; deeper levels and
/// other books go on. The mispriced book is shifted as a whole, so other cycles through it may pay as well.
/// </remarks>
public sealed record Mispricing
{
    /// <summary>The legs in order, from the asset that the first leg spends.</summary>
    public required ImmutableArray<MispricingLeg> Legs { get; init; }

    /// <summary>The instrument whose book is off.</summary>
    public required ushort Instrument { get; init; }

    /// <summary>Units of the start asset out of one unit in, at the best prices, without fees.</summary>
    public required decimal GrossRate { get; init; }

    /// <summary>What is left at the best prices after the terms' fee on each leg, bps; positive.</summary>
    public required decimal NetMarginBps { get; init; }

    /// <summary>By how much its book stands off, ticks.</summary>
    public required long ShiftTicks { get; init; }

    /// <summary>Venue time of the record that opens it.</summary>
    public required long VenueTime { get; init; }

    /// <summary>Received time of the record that opens it.</summary>
    public required long ReceivedTime { get; init; }

    /// <summary>Venue time from the record that opens it to the one that closes it.</summary>
    public required long LifeNanos { get; init; }

    /// <summary>Received time of the record that closes it; <see langword="null"/> while it lives.</summary>
    public long? ClosedReceivedTime { get; init; }
}

using System.Collections.Immutable;
using Parallax.Domain;

namespace Parallax.Strategies.Cycles;

/// <summary>A closed path of trades: each leg spends what the leg before it received, and the last receives what the first spent.</summary>
/// <param name="Id">Its number in the <see cref="CycleIndex"/> that found it.</param>
/// <param name="Assets">The asset each leg spends, the start asset first; no asset twice.</param>
/// <param name="Legs">In trade order; no instrument twice.</param>
public sealed record Cycle(int Id, ImmutableArray<Asset> Assets, ImmutableArray<CycleLeg> Legs)
{
    /// <summary>The same trades from each of the other assets, as they were asked for.</summary>
    private Cycle?[]? _turned;

    public Asset Start => Assets[0];

    public int Length => Legs.Length;

    /// <summary><c>USD>BTC>ETH>USD</c></summary>
    public string Name { get; } = string.Join('>', Assets) + ">" + Assets[0];

    /// <summary>The same trades beginning with another asset of the cycle, for when only that one is in the account. Made once, then kept.</summary>
    /// <exception cref="ArgumentException">The asset is not in the cycle.</exception>
    public Cycle StartingAt(Asset asset)
    {
        var at = Assets.IndexOf(asset);
        if (at < 0)
        {
            throw new ArgumentException($"{asset} is not in the cycle {this}.", nameof(asset));
        }

        if (at == 0)
        {
            return this;
        }

        // Threads that ask at the same time may each make one: they are equal.
        var turned = _turned ??= new Cycle?[Length];
        return turned[at] ??= new Cycle(Id, [.. Assets[at..], .. Assets[..at]], [.. Legs[at..], .. Legs[..at]]);
    }

    public bool Equals(Cycle? other) => other is not null && Id == other.Id && Assets.SequenceEqual(other.Assets) && Legs.SequenceEqual(other.Legs);

    public override int GetHashCode() => HashCode.Combine(Id, Assets[0], Legs[0]);

    public override string ToString() => Name;
}

using System.Runtime.InteropServices;

namespace Parallax.Strategies.Cycles.Screening;

/// <summary>All that a change of one edge reads, in one cache line.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct EdgeNode
{
    /// <summary>The best price; 0 while there is none.</summary>
    public long Ticks;

    /// <summary>The weight at a price of one tick.</summary>
    public double WeightBase;

    /// <summary>Cycles through the edge that pay now.</summary>
    public int OpenCount;

    /// <summary>Where the edge's weight stands among the values.</summary>
    public int Slot;

    /// <summary>The bridge that closes the edge to cycles of three, or -1.</summary>
    public int Opposite;

    /// <summary>Where the cycles of that bridge's ways stand.</summary>
    public int OppositeCycles;

    /// <summary>Ranges in the lists of <see cref="ScreenPlan"/>.</summary>
    public int WaysStart;
    public int WaysCount;
    public int PairsStart;
    public int PairsCount;
    public int RestCount;
}

using Parallax.Domain;

namespace Parallax.Strategies.Cycles;

/// <summary>One order of a cycle, which is also one directed market edge: a buy goes from quote to base, a sell from base to quote.</summary>
/// <param name="Instrument">The instrument's number in this session.</param>
public readonly record struct CycleLeg(int Instrument, Side Side)
{
    /// <summary>The directed edge as one number, <c>2 × instrument + side</c>: the index of everything that is kept per edge.</summary>
    public int Edge => (Instrument << 1) | (int)Side;

    public static CycleLeg OfEdge(int edge) => new(edge >> 1, (Side)(edge & 1));
}

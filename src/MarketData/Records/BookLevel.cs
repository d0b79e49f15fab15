using System.Runtime.InteropServices;
using Parallax.Domain;

namespace Parallax.MarketData.Records;

/// <summary>A level as a book record holds it: 16 bytes, the side folded into the sign of the quantity.</summary>
/// <remarks>
/// A bid holds its lots, an ask the bitwise complement of its lots (so that zero lots stay tellable apart). Bids and asks may follow
/// each other in any order, which keeps the order in which the venue sent them.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly struct BookLevel(BookSide side, long priceTicks, long quantityLots)
{
    public const int Size = 16;

    public readonly long PriceTicks = priceTicks;

    // The complement for asks, without a branch that nothing could predict.
    private readonly long _signedLots = quantityLots ^ -(long)side;

    public BookSide Side => (BookSide)((ulong)_signedLots >> 63);

    /// <summary>Zero or more; zero removes the level.</summary>
    public long QuantityLots => _signedLots ^ (_signedLots >> 63);

    public Level Level => new(PriceTicks, QuantityLots);
}

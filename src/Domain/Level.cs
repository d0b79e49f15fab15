using System.Runtime.InteropServices;

namespace Parallax.Domain;

/// <summary>A price and the total quantity at it, on the instrument's grid.</summary>
/// <param name="PriceTicks">Price in ticks; positive.</param>
/// <param name="QuantityLots">Quantity in lots; positive in a book, zero in a delta that removes the level.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Level(long PriceTicks, long QuantityLots);

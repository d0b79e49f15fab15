using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Kraken.Feed;

/// <summary>The symbols of a feed, found where they stand in a frame, with their grids made ready for <see cref="FastNumber"/>.</summary>
internal readonly struct FastSymbols(SymbolTable symbols)
{
    private readonly SymbolTable _table = symbols;
    private readonly FastSymbol[] _symbols = [.. Enumerable.Range(0, symbols.Count).Select(i => new FastSymbol(symbols[i]))];

    public ref readonly FastSymbol this[int position]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _symbols[position];
    }

    /// <summary>Finds a symbol of 1 to 15 bytes with the quote behind it.</summary>
    /// <param name="text">At least 16 bytes from <paramref name="at"/> on.</param>
    /// <param name="at">Behind the opening quote.</param>
    /// <param name="length">Without the quotes; 16 when there is no closing one.</param>
    /// <returns>Its position; -1 when it is unknown.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ref byte text, int at, out int length)
    {
        var bytes = Vector128.LoadUnsafe(ref text, (nuint)at);
        length = BitOperations.TrailingZeroCount(
            Vector128.Equals(bytes, Vector128.Create((byte)'"')).ExtractMostSignificantBits() | 0x10000);
        var isInside = Vector128.LessThan(Vector128<byte>.Indices, Vector128.Create((byte)length));
        return _table.Find(bytes & isInside, length);
    }
}

/// <summary>One symbol: the instrument's number and its grids.</summary>
internal readonly struct FastSymbol(FeedSymbol symbol)
{
    public readonly ushort Number = symbol.Number;
    public readonly FastNumber Price = new(symbol.Price);
    public readonly FastNumber Quantity = new(symbol.Quantity);

    /// <summary>Whether numbers of both grids can be read on a fast path.</summary>
    public bool IsPlain => Price.IsPlain & Quantity.IsPlain;
}

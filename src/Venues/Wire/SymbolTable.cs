using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Parallax.Domain;

namespace Parallax.Venues.Wire;

/// <summary>One symbol of a feed: the instrument's number and its grids, as the parsers need them.</summary>
/// <param name="Number">The instrument's number on the tape.</param>
/// <param name="Price">The grid of prices: ticks.</param>
/// <param name="Quantity">The grid of quantities: lots.</param>
public readonly record struct FeedSymbol(ushort Number, DecimalGrid Price, DecimalGrid Quantity);

/// <summary>Finds an instrument by the bytes of its symbol, without allocating.</summary>
/// <remarks>
/// The hash only says where to look; a symbol is found when all its bytes are equal. Two symbols therefore never share an instrument,
/// however alike they are. Built once; another list of instruments is another table.
/// </remarks>
public sealed class SymbolTable
{
    private readonly Slot[] _slots;
    private readonly int _mask;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _long;
    private readonly FeedSymbol[] _symbols;

    /// <param name="instruments">Each with its number; symbols must differ.</param>
    /// <exception cref="ArgumentException">Two instruments have one symbol, or a tick or lot has more than 18 decimals.</exception>
    public SymbolTable(IEnumerable<(ushort Number, Instrument Instrument)> instruments)
    {
        var all = instruments.ToArray();
        _symbols = [.. all.Select(i => new FeedSymbol(i.Number, new DecimalGrid(i.Instrument.TickSize), new DecimalGrid(i.Instrument.LotSize)))];
        _mask = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, all.Length * 4)) - 1;
        _slots = new Slot[_mask + 1];
        var long_ = new Dictionary<byte[], int>(BytesComparer.Instance);
        _long = long_.GetAlternateLookup<ReadOnlySpan<byte>>();
        for (var i = 0; i < all.Length; i++)
        {
            var symbol = all[i].Instrument.Symbol;
            var bytes = Encoding.UTF8.GetBytes(symbol);
            if (TryFind(bytes, out _))
            {
                throw new ArgumentException($"Two instruments have the symbol {symbol}.", nameof(instruments));
            }

            if (bytes.Length < 16 && bytes.Length > 0)
            {
                Place(Key(bytes), bytes.Length, i);
            }
            else
            {
                long_.Add(bytes, i);
            }
        }
    }

    public int Count => _symbols.Length;

    /// <summary>Instruments numbered as they stand.</summary>
    public static SymbolTable Of(IEnumerable<Instrument> instruments) => new(instruments.Select((instrument, i) => ((ushort)i, instrument)));

    public bool TryFind(ReadOnlySpan<byte> symbol, out FeedSymbol found)
    {
        var index = symbol.Length is > 0 and < 16 ? Find(Key(symbol), symbol.Length) : _long.TryGetValue(symbol, out var at) ? at : -1;
        found = index >= 0 ? _symbols[index] : default;
        return index >= 0;
    }

    /// <summary>The position of a symbol of 1 to 15 bytes; -1 when it is unknown.</summary>
    /// <param name="key">The symbol, filled up with zeros.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Find(Vector128<byte> key, int length)
    {
        ref var slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        for (var i = Hash(key) & _mask; ; i = (i + 1) & _mask)
        {
            ref var slot = ref Unsafe.Add(ref slots, i);
            if (slot.Key == key && slot.Length == length)
            {
                return slot.Index - 1;
            }

            if (slot.Index == 0)
            {
                return -1;
            }
        }
    }

    internal ref readonly FeedSymbol this[int position] => ref _symbols[position];

    private static Vector128<byte> Key(ReadOnlySpan<byte> symbol)
    {
        Span<byte> padded = stackalloc byte[16];
        padded.Clear();
        symbol.CopyTo(padded);
        return Vector128.Create<byte>(padded);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Hash(Vector128<byte> key)
    {
        var words = key.AsUInt64();
        return (int)(((words.GetElement(0) ^ BitOperations.RotateLeft(words.GetElement(1), 23)) * 0x9E37_79B9_7F4A_7C15) >> 40);
    }

    private void Place(Vector128<byte> key, int length, int index)
    {
        var i = Hash(key) & _mask;
        while (_slots[i].Index != 0)
        {
            i = (i + 1) & _mask;
        }

        _slots[i] = new Slot { Key = key, Length = length, Index = index + 1 };
    }

    private struct Slot
    {
        public Vector128<byte> Key;
        public int Length;

        /// <summary>Position plus one; zero says that the slot is free.</summary>
        public int Index;
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly BytesComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}

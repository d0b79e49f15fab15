using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using Parallax.Venues.Recordings.Lines;

namespace Parallax.Venues.Recordings.Symbols;

/// <summary>Every listing met in an import, found by the bytes of its venue and symbol without making strings.</summary>
internal sealed class ListingTable
{
    private const int SymbolBytesMax = 64;

    /// <summary>The subject of a record is a 16-bit number.</summary>
    private const int ListingsMax = ushort.MaxValue;

    private readonly Dictionary<byte[], Listing> _byKey = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], Listing>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly List<Listing> _all = [];

    public ListingTable() => _lookup = _byKey.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>In the order in which they were met.</summary>
    public IReadOnlyList<Listing> All => _all;

    /// <exception cref="BadLineException">The symbol is empty, too long, not UTF-8 or holds control characters; or there are too many.</exception>
    public Listing Get(ReadOnlySpan<byte> venue, ReadOnlySpan<byte> symbol)
    {
        Span<byte> key = stackalloc byte[2 * SymbolBytesMax + 1];
        if (symbol.Length is 0 or > SymbolBytesMax || venue.Length is 0 or > SymbolBytesMax)
        {
            throw new BadLineException($"a symbol has 1 to {SymbolBytesMax} bytes; found {Excerpt.Of(symbol.Length == 0 ? venue : symbol)}");
        }

        venue.CopyTo(key);
        key[venue.Length] = 0;
        symbol.CopyTo(key[(venue.Length + 1)..]);
        key = key[..(venue.Length + 1 + symbol.Length)];
        return _lookup.TryGetValue(key, out var known) ? known : Add(key, venue, symbol);
    }

    private Listing Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> venue, ReadOnlySpan<byte> symbol)
    {
        // What would break a CSV, or run as a formula in a spreadsheet, is no symbol of any venue.
        if (!Utf8.IsValid(symbol) || symbol.IndexOfAnyInRange((byte)0, (byte)' ') >= 0 || symbol.IndexOfAny(",\"'\u007f"u8) >= 0
            || symbol[0] is (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@')
        {
            throw new BadLineException($"a symbol is printable text without blanks, commas and quotes; found {Excerpt.Of(symbol)}");
        }

        if (_all.Count == ListingsMax)
        {
            throw new BadLineException($"a tape holds {ListingsMax:N0} instruments at the most, and this symbol is one more: {Excerpt.Of(symbol)}");
        }

        var listing = new Listing(Encoding.UTF8.GetString(venue), Encoding.UTF8.GetString(symbol));
        _byKey.Add(key.ToArray(), listing);
        _all.Add(listing);
        return listing;
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static Utf8Comparer Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}

using System.Security.Cryptography;
using Parallax.Domain;

namespace Parallax.Measurements.Feed;

/// <summary>Kraken v2 book messages made from a seed: first one snapshot a symbol, then updates.</summary>
/// <remarks>
/// What a message looks like and where books change follows the recorded sessions: about 205 bytes, 1.4 levels, the best price or its
/// quantity in 38 % of the messages, activity by Zipf's law, decimals in the proportions of Kraken's list of pairs. Every checksum is right.
/// </remarks>
public sealed class FeedStream
{
    private readonly byte[] _bytes;
    private readonly int[] _ends;

    internal FeedStream(IReadOnlyList<Instrument> instruments, byte[] bytes, int[] ends, int levelChanges, int bestChanges)
    {
        Instruments = instruments;
        _bytes = bytes;
        _ends = ends;
        Hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        LevelsPerUpdate = (double)levelChanges / (ends.Length - instruments.Count);
        BestChangedShare = (double)bestChanges / (ends.Length - instruments.Count);
    }

    public IReadOnlyList<Instrument> Instruments { get; }

    /// <summary>Messages, the snapshots included.</summary>
    public int Count => _ends.Length;

    /// <summary>The number of the first update; before it come the snapshots.</summary>
    public int FirstUpdate => Instruments.Count;

    public double BytesPerUpdate => (double)(_ends[^1] - _ends[FirstUpdate - 1]) / (Count - FirstUpdate);

    public double LevelsPerUpdate { get; }

    /// <summary>Share of the updates after which the best bid or ask, price or quantity, is another.</summary>
    public double BestChangedShare { get; }

    /// <summary>SHA-256 of all messages, in hexadecimal.</summary>
    public string Hash { get; }

    public ReadOnlySpan<byte> this[int message]
    {
        get
        {
            var start = message == 0 ? 0 : _ends[message - 1];
            return new ReadOnlySpan<byte>(_bytes, start, _ends[message] - start);
        }
    }

    /// <summary>Reads some messages byte by byte, which brings them into the cache.</summary>
    /// <returns>Their sum, so that the reading is not optimized away.</returns>
    public long Touch(int from, int to)
    {
        var sum = 0L;
        foreach (var value in _bytes.AsSpan(_ends[from - 1].._ends[to - 1]))
        {
            sum += value;
        }

        return sum;
    }
}

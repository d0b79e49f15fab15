using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;

namespace Parallax.MarketData.Checksums;

/// <summary>
/// CRC-32 over the printed digits of the ten best asks, then the ten best bids: of each level the price, then the quantity, at the
/// venue's decimals, without the point and without leading zeros.
/// </summary>
/// <remarks>
/// The digits of a price are those of its ticks times the tick in units of the last printed decimal, a factor of 1 nearly everywhere; so
/// the integers are the text. Each level's digest is kept beside it, and a half that did not change keeps its sum.
/// </remarks>
internal struct TopTenChecksum
{
    private const int LevelsCovered = 10;

    /// <summary>Ticks times this are the printed digits; zero when the decimals cannot print the tick.</summary>
    private readonly ulong _priceFactor;
    private readonly ulong _quantityFactor;
    private readonly Crc32Shift _shift;

    private Vector128<ulong> _bidSum;
    private Vector128<ulong> _askSum;
    private int _bidLength;
    private int _askLength;
    private BySide _isChanged;

    public TopTenChecksum(Instrument instrument)
    {
        _priceFactor = Factor(instrument.TickSize, instrument.PriceDecimals);
        _quantityFactor = Factor(instrument.LotSize, instrument.QuantityDecimals);
        _shift = Crc32Shift.Shared;
        Forget();
    }

    /// <summary>Whether the instrument's decimals can print every price and quantity of its grid.</summary>
    public readonly bool IsDefined => _priceFactor != 0 && _quantityFactor != 0;

    /// <summary>Says that everything may have changed.</summary>
    public void Forget()
    {
        _isChanged[(int)BookSide.Bid] = true;
        _isChanged[(int)BookSide.Ask] = true;
    }

    /// <summary>Takes note of a change, and digests the level while its numbers are at hand.</summary>
    /// <param name="position">Where the side changed, 0 for the best; -1 when it did not.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Changed(ref HalfBook half, in BookLevel level, int position)
    {
        if ((uint)position >= LevelsCovered)
        {
            return;
        }

        _isChanged[(int)level.Side] = true;
        if (level.QuantityLots != 0)
        {
            half.DigestAt(position) = Digest(level.Level);
        }
    }

    public uint Of(ref HalfBook bids, ref HalfBook asks)
    {
        if (_isChanged[(int)BookSide.Ask])
        {
            _askSum = Sum(ref asks, out _askLength);
            _isChanged[(int)BookSide.Ask] = false;
        }

        if (_isChanged[(int)BookSide.Bid])
        {
            _bidSum = Sum(ref bids, out _bidLength);
            _isChanged[(int)BookSide.Bid] = false;
        }

        // CRC-32 starts from all ones: that register, too, moves past the whole text.
        var start = _shift.Past(uint.MaxValue, _askLength + _bidLength);
        return ~Crc32Shift.Reduce(_bidSum ^ start ^ _shift.Past(Crc32Shift.Reduce(_askSum), _bidLength));
    }

    private readonly Vector128<ulong> Sum(ref HalfBook half, out int length)
    {
        ref var powers = ref _shift.Powers;
        ref var digests = ref half.DigestAt(0);
        var sum = Vector128<ulong>.Zero;
        var behind = 0ul;
        var missing = 0ul;
        for (var i = (nint)Math.Min(half.Count, LevelsCovered) - 1; i >= 0; i--)
        {
            // A digest has 38 bits at the most; one less than zero has all of them.
            var digest = Unsafe.Add(ref digests, i);
            missing |= digest - 1;
            sum ^= Crc32Shift.Times((uint)digest, Unsafe.Add(ref powers, (nint)behind));
            behind += digest >> 32;
        }

        length = (int)behind;
        return (long)missing >= 0 ? sum : SumAnew(ref half, out length);
    }

    /// <summary>Digests what rose into the top ten, or came before checksums did.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly Vector128<ulong> SumAnew(ref HalfBook half, out int length)
    {
        for (var i = Math.Min(half.Count, LevelsCovered) - 1; i >= 0; i--)
        {
            half.DigestAt(i) = Digest(half.Levels[i]);
        }

        return Sum(ref half, out length);
    }

    private readonly ulong Digest(Level level) =>
        DigitsDigest.Of(_shift, (ulong)level.PriceTicks * _priceFactor, (ulong)level.QuantityLots * _quantityFactor);

    /// <summary>A step in units of the last printed decimal; zero when that is no whole number below 2^63.</summary>
    private static ulong Factor(decimal step, int decimals)
    {
        for (var i = 0; i < decimals; i++)
        {
            if (step > long.MaxValue / 10m)
            {
                return 0;
            }

            step *= 10m;
        }

        return step <= long.MaxValue && decimal.Truncate(step) == step ? (ulong)step : 0;
    }

    [InlineArray(2)]
    private struct BySide
    {
        private bool _bids;
    }
}

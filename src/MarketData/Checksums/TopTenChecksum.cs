using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Parallax.Domain;
using Parallax.MarketData.Books;

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

    private Vector128<ulong> _bidSum;
    private uint _askRegister;
    private int _bidLength;
    private int _askLength;
    private bool _bidsChanged;
    private bool _asksChanged;

    public TopTenChecksum(Instrument instrument)
    {
        _priceFactor = Factor(instrument.TickSize, instrument.PriceDecimals);
        _quantityFactor = Factor(instrument.LotSize, instrument.QuantityDecimals);
        Forget();
    }

    /// <summary>Whether the instrument's decimals can print every price and quantity of its grid.</summary>
    public readonly bool IsDefined => _priceFactor != 0 && _quantityFactor != 0;

    /// <summary>Says that everything may have changed.</summary>
    public void Forget() => _bidsChanged = _asksChanged = true;

    /// <param name="position">Where the side changed, 0 for the best; -1 when it did not.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Changed(BookSide side, int position)
    {
        var isCovered = (uint)position < LevelsCovered;
        _bidsChanged |= isCovered & side == BookSide.Bid;
        _asksChanged |= isCovered & side == BookSide.Ask;
    }

    public uint Of(ref HalfBook bids, ref HalfBook asks)
    {
        if (_asksChanged)
        {
            _askRegister = Crc32Shift.Reduce(Sum(ref asks, out _askLength));
            _asksChanged = false;
        }

        if (_bidsChanged)
        {
            _bidSum = Sum(ref bids, out _bidLength);
            _bidsChanged = false;
        }

        // CRC-32 starts from all ones: that register, too, moves past the whole text.
        var start = Crc32Shift.Past(uint.MaxValue, _askLength + _bidLength);
        return ~Crc32Shift.Reduce(_bidSum ^ start ^ Crc32Shift.Past(_askRegister, _bidLength));
    }

    private readonly Vector128<ulong> Sum(ref HalfBook half, out int length)
    {
        var digests = half.Digests;
        var sum = Vector128<ulong>.Zero;
        length = 0;
        for (var i = Math.Min(digests.Length, LevelsCovered) - 1; i >= 0; i--)
        {
            var digest = digests[i];
            if (digest == 0)
            {
                var level = half.Levels[i];
                digest = DigitsDigest.Of((ulong)level.PriceTicks * _priceFactor, (ulong)level.QuantityLots * _quantityFactor);
                digests[i] = digest;
            }

            sum ^= Crc32Shift.Past((uint)digest, length);
            length += (int)(digest >> 32);
        }

        return sum;
    }

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
}

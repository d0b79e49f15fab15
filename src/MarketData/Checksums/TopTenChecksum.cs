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

    /// <summary>What may have changed: the bids, the asks, and levels without leaving a digest.</summary>
    private const uint BidsChanged = 1, AsksChanged = 2, DigestsMissing = 4;

    /// <summary>Ticks times this are the printed digits; zero when the decimals cannot print the tick.</summary>
    private readonly ulong _priceFactor;
    private readonly ulong _quantityFactor;
    private readonly Crc32Shift _shift;

    private uint _changed;
    private Sums _sums;

    public TopTenChecksum(Instrument instrument)
    {
        _priceFactor = Factor(instrument.TickSize, instrument.PriceDecimals);
        _quantityFactor = Factor(instrument.LotSize, instrument.QuantityDecimals);
        _shift = Crc32Shift.Shared;
        Forget();
    }

    /// <summary>Whether the instrument's decimals can print every price and quantity of its grid.</summary>
    public readonly bool IsDefined => _priceFactor != 0 && _quantityFactor != 0;

    /// <summary>Says that everything may have changed, and that digests may not be those of the levels they stand beside.</summary>
    public void Forget() => _changed = BidsChanged | AsksChanged | DigestsMissing;

    /// <summary>Takes note of a change, and digests the level while its numbers are at hand.</summary>
    /// <param name="position">Where the side changed, 0 for the best; -1 when it did not.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Changed(ref HalfBook half, in BookLevel level, int position)
    {
        if ((uint)position >= LevelsCovered)
        {
            return;
        }

        _changed |= BidsChanged << (int)level.Side;
        if (level.QuantityLots != 0)
        {
            Digest(ref half, position, level.PriceTicks, level.QuantityLots);
        }
        else if (half.Count >= LevelsCovered && half.LengthAt(LevelsCovered - 1) == 0)
        {
            // A level rose into the top ten.
            Digest(ref half, LevelsCovered - 1);
        }
    }

    /// <param name="halves">The bids, with the asks behind them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public uint Of(ref HalfBook halves)
    {
        if (_changed >= DigestsMissing)
        {
            DigestAll(ref halves);
        }

        // Which side changed cannot be predicted; that it was one of them nearly always can.
        if ((_changed & (BidsChanged | AsksChanged)) == (BidsChanged | AsksChanged))
        {
            Of(ref halves, 0);
            _changed = AsksChanged;
        }

        var checksum = Of(ref halves, (int)(_changed >> 1));
        _changed = 0;
        return checksum;
    }

    /// <summary>The checksum when one side, 0 or 1, changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Of(ref HalfBook halves, int side)
    {
        // The asks stand before the bids in the text: summed anew they are moved past the bids at once, kept they are moved by what the
        // bids have more digits than they had then. The bids are not moved at all.
        ref var changed = ref _sums[side];
        ref readonly var other = ref _sums[side ^ 1];
        changed.Past = _sums[0].Length & -side;
        var sum = Sum(ref Unsafe.Add(ref halves, side), changed.Past, out changed.Length);
        changed.Remainder = Crc32Shift.Fold(sum).ToScalar();
        var kept = _shift.Past(other.Remainder, (_sums[0].Length - other.Past) & (side - 1));

        // CRC-32 starts from all ones: that register, too, moves past everything.
        var start = _shift.Past(Crc32Shift.Remainder(uint.MaxValue), _sums[0].Length + _sums[1].Length);
        return ~Crc32Shift.Reduce(sum ^ kept ^ start);
    }

    /// <summary>The sum over the top ten, all of which have their digests.</summary>
    /// <param name="behind">How many digits follow the half's own.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly Vector128<ulong> Sum(ref HalfBook half, int behind, out int length)
    {
        ref var factors = ref _shift.Factors;
        ref var remainders = ref half.RemainderAt(0);
        ref var lengths = ref half.LengthAt(0);
        var sum = Vector128<ulong>.Zero;
        var at = (nint)behind;
        for (var i = (nint)Math.Min(half.Count, LevelsCovered) - 1; i >= 0; i--)
        {
            sum ^= Crc32Shift.Times(Unsafe.Add(ref remainders, i), Unsafe.Add(ref factors, at));
            at += Unsafe.Add(ref lengths, i);
        }

        length = (int)at - behind;
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void DigestAll(ref HalfBook halves)
    {
        for (var side = 0; side < 2; side++)
        {
            ref var half = ref Unsafe.Add(ref halves, side);
            half.ForgetDigests(from: LevelsCovered);
            for (var i = 0; i < Math.Min(half.Count, LevelsCovered); i++)
            {
                Digest(ref half, i);
            }
        }
    }

    private readonly void Digest(ref HalfBook half, int position)
    {
        var level = half.Levels[position];
        Digest(ref half, position, level.PriceTicks, level.QuantityLots);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Digest(ref HalfBook half, int position, long priceTicks, long quantityLots) => DigitsDigest.Of(
        _shift, (ulong)priceTicks * _priceFactor, (ulong)quantityLots * _quantityFactor, out half.RemainderAt(position), out half.LengthAt(position));

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

    /// <summary>A half's digits: their remainder, moved past so many digits as it says, and their count.</summary>
    private struct HalfSum
    {
        public ulong Remainder;
        public int Length;
        public int Past;
    }

    [InlineArray(2)]
    private struct Sums
    {
        private HalfSum _bids;
    }
}

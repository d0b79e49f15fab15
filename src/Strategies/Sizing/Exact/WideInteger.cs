using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Parallax.Strategies.Sizing.Exact;

/// <summary>A non-negative integer of up to 2 048 bits on the stack: products of ticks, tick sizes and fees, exact and without allocating.</summary>
/// <remarks>A leg contributes at most 63 bits of ticks, 96 of tick size and 96 of fee; five legs with their powers of ten stay below 1 700 bits.</remarks>
internal struct WideInteger
{
    private Limbs _limbs;
    private int _length;

    /// <summary>The parts of 64 bits that it takes; no more than <see cref="LengthMax"/>.</summary>
    public readonly int Length => _length;

    public const int LengthMax = Limbs.Count;

    public void Become(UInt128 value)
    {
        _limbs[0] = (ulong)value;
        _limbs[1] = (ulong)(value >> 64);
        _length = _limbs[1] != 0 ? 2 : _limbs[0] != 0 ? 1 : 0;
    }

    /// <summary>A copy of only what is used, which is mostly a few parts of the 32.</summary>
    public void Become(in WideInteger other)
    {
        ((ReadOnlySpan<ulong>)other._limbs)[..other._length].CopyTo(_limbs);
        _length = other._length;
    }

    public void MultiplyBy(ulong factor)
    {
        if (factor == 1)
        {
            return;
        }

        var carry = 0UL;
        for (var i = 0; i < _length; i++)
        {
            var high = Math.BigMul(_limbs[i], factor, out var low);
            low += carry;
            carry = high + (low < carry ? 1UL : 0UL);
            _limbs[i] = low;
        }

        if (carry != 0)
        {
            Debug.Assert(_length < Limbs.Count);
            _limbs[_length++] = carry;
        }
    }

    public void MultiplyBy(UInt128 factor)
    {
        var high = (ulong)(factor >> 64);
        if (high == 0)
        {
            MultiplyBy((ulong)factor);
            return;
        }

        // this × (high·2⁶⁴ + low): one limb up for the high half, then the low half is added in.
        Unsafe.SkipInit(out WideInteger lows);
        lows.Become(in this);
        lows.MultiplyBy((ulong)factor);
        MultiplyBy(high);
        Debug.Assert(_length + 1 < Limbs.Count);
        for (var i = _length; i > 0; i--)
        {
            _limbs[i] = _limbs[i - 1];
        }

        _limbs[0] = 0;
        _length++;
        Add(in lows);
    }

    public void MultiplyByPowerOfTen(int exponent)
    {
        for (; exponent > 19; exponent -= 19)
        {
            MultiplyBy(10_000_000_000_000_000_000UL);
        }

        MultiplyBy(PowersOfTen[exponent]);
    }

    public void Add(in WideInteger other)
    {
        var carry = 0UL;
        for (var i = 0; i < _length || i < other._length || carry != 0; i++)
        {
            var mine = i < _length ? _limbs[i] : 0UL;
            var theirs = i < other._length ? other._limbs[i] : 0UL;
            var sum = mine + theirs;
            var overflow = sum < mine ? 1UL : 0UL;
            sum += carry;
            overflow += sum < carry ? 1UL : 0UL;
            carry = overflow;
            _limbs[i] = sum;
            _length = Math.Max(_length, i + 1);
        }
    }

    /// <summary>The number where <see cref="Length"/> is at most two.</summary>
    public readonly UInt128 Low => new(_length > 1 ? _limbs[1] : 0, _length > 0 ? _limbs[0] : 0);

    /// <summary>Divides by another, not zero: the rest stays here.</summary>
    /// <param name="quotient">Rounded down.</param>
    /// <returns>False, and what stays here is meaningless, when the quotient does not fit 127 bits.</returns>
    public bool TryDivideBy(in WideInteger divisor, out UInt128 quotient)
    {
        const double Careful = 1 - 1e-14, Max = 1.7e38;
        quotient = 0;
        while (CompareTo(in divisor) >= 0)
        {
            // Never above the quotient that is left, which becomes 1e-14 of itself with every round.
            var part = Math.Max(1, Ratio(in this, in divisor) * Careful);
            if (part > Max)
            {
                return false;
            }

            var whole = (UInt128)part;
            Unsafe.SkipInit(out WideInteger product);
            product.Become(in divisor);
            product.MultiplyBy(whole);
            Subtract(in product);
            quotient += whole;
        }

        return true;
    }

    /// <summary>The sign of this - <paramref name="other"/>.</summary>
    public readonly int CompareTo(in WideInteger other)
    {
        if (_length != other._length)
        {
            return _length < other._length ? -1 : 1;
        }

        for (var i = _length - 1; i >= 0; i--)
        {
            if (_limbs[i] != other._limbs[i])
            {
                return _limbs[i] < other._limbs[i] ? -1 : 1;
            }
        }

        return 0;
    }

    /// <summary>The quotient of two of these in binary64, with a relative error below 1e-15.</summary>
    public static double Ratio(in WideInteger numerator, in WideInteger denominator)
    {
        var (top, topExponent) = numerator.Leading();
        var (bottom, bottomExponent) = denominator.Leading();
        var exponent = topExponent - bottomExponent;
        // A power of two within binary64's range is made of its bits; scaling by it is exact.
        return Math.Abs(exponent) < 900 ? top / bottom * BitConverter.Int64BitsToDouble((long)(1_023 + exponent) << 52) : Math.ScaleB(top / bottom, exponent);
    }

    public readonly BigInteger ToBigInteger()
    {
        var value = BigInteger.Zero;
        for (var i = _length - 1; i >= 0; i--)
        {
            value = (value << 64) | _limbs[i];
        }

        return value;
    }

    private readonly (double Value, int Exponent) Leading()
    {
        var shift = BitOperations.LeadingZeroCount(_limbs[_length - 1]);
        var top = _limbs[_length - 1] << shift;
        if (shift > 0 && _length > 1)
        {
            top |= _limbs[_length - 2] >> (64 - shift);
        }

        return (top, (64 * (_length - 1)) - shift);
    }

    /// <param name="other">Not above this.</param>
    private void Subtract(in WideInteger other)
    {
        var borrow = 0UL;
        for (var i = 0; i < _length; i++)
        {
            var mine = _limbs[i];
            var theirs = i < other._length ? other._limbs[i] : 0UL;
            var difference = mine - theirs;
            _limbs[i] = difference - borrow;
            borrow = (mine < theirs ? 1UL : 0UL) | (difference < borrow ? 1UL : 0UL);
        }

        while (_length > 0 && _limbs[_length - 1] == 0)
        {
            _length--;
        }
    }

    private static ReadOnlySpan<ulong> PowersOfTen =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
        100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ];

    [InlineArray(Count)]
    private struct Limbs
    {
        public const int Count = 32;

        private ulong _first;
    }
}

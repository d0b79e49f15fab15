namespace Parallax.Strategies.Sizing.Exact;

/// <summary>A positive decimal as <c>Mantissa × 10^-Scale</c> without trailing zeros.</summary>
internal readonly record struct ExactFactor(UInt128 Mantissa, int Scale)
{
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public static ExactFactor Of(decimal value)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = ((UInt128)(uint)bits[2] << 64) | ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
        var scale = (bits[3] >> 16) & 0xFF;
        while (mantissa <= ulong.MaxValue ? (ulong)mantissa % 10 == 0 : mantissa % 10 == 0)
        {
            mantissa = mantissa <= ulong.MaxValue ? (ulong)mantissa / 10 : mantissa / 10;
            scale--;
        }

        return new ExactFactor(mantissa, scale);
    }

    /// <exception cref="OverflowException">The product's digits do not fit 128 bits.</exception>
    public static ExactFactor operator *(ExactFactor left, ExactFactor right) => new(checked(left.Mantissa * right.Mantissa), left.Scale + right.Scale);
}

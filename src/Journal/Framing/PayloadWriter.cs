using System.Buffers.Binary;
using System.Text;

namespace Parallax.Journal.Framing;

/// <summary>Writes the fields of a payload one after another, little-endian, without padding. Grows its buffer; reuse one instance.</summary>
/// <remarks>Allocates only when a payload outgrows every earlier one.</remarks>
public sealed class PayloadWriter(int capacity = 512)
{
    private byte[] _bytes = new byte[capacity];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public PayloadWriter Restart()
    {
        _length = 0;
        return this;
    }

    public PayloadWriter Byte(byte value)
    {
        Claim(1)[0] = value;
        return this;
    }

    public PayloadWriter Bool(bool value) => Byte(value ? (byte)1 : (byte)0);

    public PayloadWriter UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(Claim(2), value);
        return this;
    }

    public PayloadWriter Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Claim(4), value);
        return this;
    }

    public PayloadWriter UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Claim(4), value);
        return this;
    }

    public PayloadWriter Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Claim(8), value);
        return this;
    }

    public PayloadWriter UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Claim(8), value);
        return this;
    }

    /// <summary>16 bytes: low, middle and high 32 bits, then scale and sign, as <see cref="decimal.GetBits(decimal, Span{int})"/> gives them.</summary>
    public PayloadWriter Decimal(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var target = Claim(16);
        for (var i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(target[(i * 4)..], bits[i]);
        }

        return this;
    }

    /// <summary>A 16-bit byte count, then UTF-8.</summary>
    /// <exception cref="ArgumentException">The text is longer than 65,535 bytes.</exception>
    public PayloadWriter Text(string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        if (count > ushort.MaxValue)
        {
            throw new ArgumentException($"A text field holds 65,535 bytes at the most; found {count}.", nameof(value));
        }

        UInt16((ushort)count);
        Encoding.UTF8.GetBytes(value, Claim(count));
        return this;
    }

    private Span<byte> Claim(int count)
    {
        if (_length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }

        var span = _bytes.AsSpan(_length, count);
        _length += count;
        return span;
    }
}

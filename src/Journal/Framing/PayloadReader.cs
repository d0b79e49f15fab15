using System.Buffers.Binary;
using System.Text;

namespace Parallax.Journal.Framing;

/// <summary>Reads the fields that <see cref="PayloadWriter"/> wrote, in the same order.</summary>
/// <remarks>Every read that would pass the end throws <see cref="MalformedRecordException"/>; nothing else escapes.</remarks>
public ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;

    /// <summary>Whether there is room for another field; what is left may be padding, which reads as zeros and empty texts.</summary>
    public readonly bool HasMore => _rest.Length >= sizeof(ushort);

    public byte Byte() => Take(1)[0];

    public bool Bool() => Byte() switch
    {
        0 => false,
        1 => true,
        var other => throw new MalformedRecordException($"A flag is 0 or 1; found {other}."),
    };

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public decimal Decimal()
    {
        var source = Take(16);
        Span<int> bits = stackalloc int[4];
        for (var i = 0; i < 4; i++)
        {
            bits[i] = BinaryPrimitives.ReadInt32LittleEndian(source[(i * 4)..]);
        }

        // Scale 0 to 28 in bits 16-23, sign in bit 31, all else zero: anything else is not a decimal.
        if ((bits[3] & 0x7F00FFFF) != 0 || ((bits[3] >> 16) & 0xFF) > 28)
        {
            throw new MalformedRecordException("A decimal field holds bits that are no decimal.");
        }

        return new decimal(bits);
    }

    public string Text()
    {
        var bytes = Take(UInt16());
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException wrong)
        {
            throw new MalformedRecordException("A text field is not UTF-8.", wrong);
        }
    }

    private static readonly UTF8Encoding Strict = new(false, true);

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new MalformedRecordException($"The payload ends early: {count} bytes wanted, {_rest.Length} left.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}

namespace Parallax.MarketData.Checksums;

/// <summary>CRC-32/ISO-HDLC (zlib, Ethernet), byte by byte: the definition that the fast forms are checked against.</summary>
public static class Crc32
{
    /// <summary>The generator without its x^32, bit-reversed: the highest bit is the coefficient of x^0.</summary>
    internal const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Table = MakeTable();

    /// <summary>The checksum of some bytes; <c>0xCBF43926</c> for the digits 1 to 9.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Continue(uint.MaxValue, bytes);

    /// <summary>The register after some more bytes; neither the initial nor the final inversion is done.</summary>
    public static uint Continue(uint register, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            register = Table[(byte)(register ^ value)] ^ (register >> 8);
        }

        return register;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = Crc32Shift.TimesX(value);
            }

            table[i] = value;
        }

        return table;
    }
}

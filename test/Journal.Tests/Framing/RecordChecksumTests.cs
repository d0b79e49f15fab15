using Parallax.Journal.Framing;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.Journal.Tests.Framing;

public sealed class RecordChecksumTests
{
    [Fact]
    public void Checksum_of_the_digits_is_the_published_check_value() => Assert.Equal(0xE3069283u, RecordChecksum.Of("123456789"u8));

    [Fact]
    public void Checksums_are_those_of_the_iscsi_standard()
    {
        // RFC 3720, appendix B.4.
        Assert.Equal(0x8A9136AAu, RecordChecksum.Of(new byte[32]));
        Assert.Equal(0x62A8AB43u, RecordChecksum.Of(Enumerable.Repeat((byte)0xFF, 32).ToArray()));
        Assert.Equal(0x46DD794Eu, RecordChecksum.Of(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));
    }

    [Fact]
    public void The_fast_checksum_agrees_with_the_bitwise_one_at_every_length()
    {
        var bytes = Sample.Many(1, 1, payloadMax: 1)[0].Payload.Concat(Enumerable.Range(0, 300).Select(i => (byte)(i * 151 + 7))).ToArray();
        for (var length = 0; length <= bytes.Length; length++)
        {
            Assert.Equal(Bitwise(bytes.AsSpan(0, length)), RecordChecksum.Of(bytes.AsSpan(0, length)));
        }
    }

    [Fact]
    public void The_checksum_in_a_record_is_that_of_the_record_with_a_zero_in_its_place()
    {
        foreach (var sample in Sample.Many(2, 500))
        {
            var bytes = new byte[sample.Size];
            RecordFramer.Write(bytes, sample.Header, sample.Payload, 77);
            var stored = new Record(bytes).Header.Checksum;
            bytes.AsSpan(32, 4).Clear();
            Assert.Equal(Bitwise(bytes), stored);
        }
    }

    private static uint Bitwise(ReadOnlySpan<byte> bytes)
    {
        var state = uint.MaxValue;
        foreach (var b in bytes)
        {
            state ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                state = (state & 1) == 0 ? state >> 1 : (state >> 1) ^ 0x82F63B78;
            }
        }

        return ~state;
    }
}

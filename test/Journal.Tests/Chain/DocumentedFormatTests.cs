using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Parallax.Journal.Tests.Chain;

/// <summary>A second reader, written from docs/concepts/journal.md alone, slow and plain.</summary>
public sealed class DocumentedFormatTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_reader_written_from_the_documentation_agrees()
    {
        var samples = JournalSample.Many(71, 300);
        var hash = JournalSample.Write(_folder.File("j"), samples);
        var chain = new byte[32];
        var sequence = 0UL;
        var count = 0;
        var blockRecords = 0;
        var segment = 0L;
        foreach (var (name, bytes) in JournalSample.Bytes(_folder.File("j")))
        {
            segment++;
            Assert.Equal($"{segment:D8}.journal", name);
            Assert.Equal("504c584a524e4c0a" + "01000000" + "00000000" + new string('0', 88), Convert.ToHexStringLower(bytes[..60]));
            var blockStart = 0;
            for (var offset = 64; offset < bytes.Length;)
            {
                var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));
                var kind = bytes[offset + 4];
                Assert.Equal(++sequence, BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(offset + 8)));
                var payload = bytes.AsSpan(offset + 40, length - 40);
                if (kind == 248)
                {
                    Assert.Equal(64, offset);
                    Assert.Equal(segment, BinaryPrimitives.ReadInt64LittleEndian(payload));
                    Assert.Equal(chain, payload[8..].ToArray());
                }
                else if (kind == 249)
                {
                    chain = SHA256.HashData([.. chain, .. bytes[blockStart..offset]]);
                    Assert.Equal(chain, payload.ToArray());
                    blockStart = offset + length;
                    Assert.InRange(blockRecords, 1, JournalSample.Options.BlockRecordsMax);
                    blockRecords = 0;
                }
                else
                {
                    Assert.Equal(samples[count].Payload, payload[..samples[count].Payload.Length].ToArray());
                    count++;
                    blockRecords++;
                }

                offset += length;
            }

            Assert.Equal(blockStart, bytes.Length);
        }

        Assert.Equal(samples.Length, count);
        Assert.Equal(hash, Convert.ToHexStringLower(chain));
    }
}

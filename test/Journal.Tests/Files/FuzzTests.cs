using System.Buffers.Binary;
using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;
using Parallax.Journal.Tapes;
using Parallax.Journal.Tests.Chain;

namespace Parallax.Journal.Tests.Files;

/// <summary>Whatever a file holds, a reader gives records, a torn tail, or one documented exception; never more memory than a few pages.</summary>
public sealed class FuzzTests : IDisposable
{
    private const int Rounds = 3_000;
    private const long AllocatedBytesMax = 64 << 10;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_bytes_break_the_tape_reader()
    {
        var path = _folder.File("fuzz.tape");
        Sample.WriteTape(path, Sample.Many(101, 30));
        var valid = File.ReadAllBytes(path);
        for (var seed = 1UL; seed <= Rounds; seed++)
        {
            File.WriteAllBytes(path, Mutated(valid, seed));
            Survives(seed, () =>
            {
                using var tape = TapeFile.Open(path);
                tape.Check();
                var cursor = tape.Cursor();
                while (cursor.Skip())
                {
                }
            });
            Survives(seed, () => TapeFile.CutTornTail(path));
        }
    }

    [Fact]
    public void No_bytes_break_the_journal_reader_or_the_writer_that_continues()
    {
        JournalSample.Write(_folder.File("j"), JournalSample.Many(102, 60));
        var valid = JournalSample.Bytes(_folder.File("j"));
        var random = new SplitMix64(103);
        for (var seed = 1UL; seed <= Rounds; seed++)
        {
            var name = valid.Keys.ElementAt(random.Below(valid.Count));
            var mutated = valid.ToDictionary();
            mutated[name] = Mutated(valid[name], seed);
            JournalSample.Restore(_folder.File("j"), mutated);
            var sound = false;
            Survives(seed, () => sound = JournalCheck.Run(_folder.File("j")).Damage is null);
            Survives(seed, () =>
            {
                using var reader = JournalReader.Open(_folder.File("j"));
                while (reader.TryRead(out _))
                {
                }
            });
            Survives(seed, () => JournalWriter.Open(_folder.File("j"), JournalSample.Options).Dispose(), allocatedMax: 2 << 20);
            Assert.True(!sound || JournalCheck.Run(_folder.File("j")).IsSound, $"Seed {seed}: the writer left a sound journal unsound.");
        }
    }

    [Fact]
    public void A_frame_of_random_bytes_is_never_sound_and_never_throws()
    {
        var random = new SplitMix64(104);
        Span<byte> bytes = stackalloc byte[200];
        for (var round = 0; round < 100_000; round++)
        {
            for (var i = 0; i < bytes.Length; i += 8)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(bytes[i..], random.Next());
            }

            BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)random.Below(300));
            Assert.False(RecordFramer.IsSound(bytes[..random.Below(201)]), $"Round {round}.");
        }
    }

    private static void Survives(ulong seed, Action read, long allocatedMax = AllocatedBytesMax)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read();
        }
        catch (RecordFileException refusal)
        {
            Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refusal.Message);
        }
        catch (Exception other)
        {
            Assert.Fail($"Seed {seed}: {other}");
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < allocatedMax, $"Seed {seed}: {GC.GetAllocatedBytesForCurrentThread() - before} bytes allocated.");
    }

    /// <summary>Random bytes, or a valid file with a few bytes changed, removed, doubled or cut; sometimes with checksums made right again.</summary>
    private static byte[] Mutated(byte[] valid, ulong seed)
    {
        var random = new SplitMix64(seed);
        if (random.Below(10) == 0)
        {
            var noise = new byte[random.Below(2_000)];
            foreach (ref var b in noise.AsSpan())
            {
                b = (byte)random.Next();
            }

            return random.Below(2) == 0 ? noise : [.. valid[..64], .. noise];
        }

        var bytes = valid.ToList();
        for (var change = 0; change <= random.Below(4) && bytes.Count > 0; change++)
        {
            var at = random.Below(bytes.Count);
            var count = Math.Min(random.Below(100), bytes.Count - at);
            switch (random.Below(5))
            {
                case 0:
                    bytes.RemoveRange(at, count);
                    break;
                case 1:
                    bytes.InsertRange(random.Below(bytes.Count), bytes.GetRange(at, count));
                    break;
                case 2:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes[at] = random.Below(2) == 0 ? (byte)random.Next() : (byte)(bytes[at] ^ (1 << random.Below(8)));
                    break;
            }
        }

        var mutated = bytes.ToArray();
        if (random.Below(3) == 0)
        {
            MakeChecksumsRight(mutated);
        }

        return mutated;
    }

    private static void MakeChecksumsRight(byte[] bytes)
    {
        for (var offset = 64; offset + 40 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));
            if (length < 40 || length > bytes.Length - offset)
            {
                return;
            }

            bytes.AsSpan(offset + 32, 4).Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset + 32), RecordChecksum.Of(bytes.AsSpan(offset, (int)length)));
            offset += (int)length;
        }
    }
}

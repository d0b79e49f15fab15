using Parallax.Journal.Files;
using Parallax.Journal.Framing;
using Parallax.Journal.Tapes;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.Journal.Tests;

/// <summary>A record as a value that a test can keep and compare; the ref struct cannot be kept.</summary>
/// <param name="Payload">Without padding.</param>
public sealed record Sample(byte Kind, byte Flags, ushort Subject, long VenueTime, long ReceivedTime, uint Tag, byte[] Payload)
{
    public RecordHeader Header => new()
    {
        Kind = Kind,
        Flags = Flags,
        Subject = Subject,
        VenueTime = VenueTime,
        ReceivedTime = ReceivedTime,
        Tag = Tag,
    };

    public int Size => RecordFramer.RecordSize(Payload.Length);

    public bool Matches(Record record) =>
        record.Header.Kind == Kind && record.Header.Flags == Flags && record.Header.Subject == Subject
        && record.Header.VenueTime == VenueTime && record.Header.ReceivedTime == ReceivedTime && record.Header.Tag == Tag
        && record.Payload[..Payload.Length].SequenceEqual(Payload) && record.Payload[Payload.Length..].TrimStart((byte)0).IsEmpty;

    /// <summary>Records of all sizes with times that stand still or go on.</summary>
    public static Sample[] Many(ulong seed, int count, byte lastKind = RecordKinds.InputLast, int payloadMax = 90)
    {
        var random = new SplitMix64(seed);
        var samples = new Sample[count];
        var time = 1_600_000_000_000_000_000;
        for (var i = 0; i < count; i++)
        {
            time += random.Below(4) == 0 ? 0 : random.Below(1_000_000);
            var payload = new byte[random.Below(payloadMax)];
            foreach (ref var b in payload.AsSpan())
            {
                b = (byte)random.Next();
            }

            samples[i] = new Sample((byte)(1 + random.Below(lastKind)), (byte)random.Next(), (ushort)random.Next(), time - random.Below(5_000_000), time, (uint)random.Next(), payload);
        }

        return samples;
    }

    public static void AppendAll(IRecordSink sink, IEnumerable<Sample> samples)
    {
        foreach (var sample in samples)
        {
            sink.Append(sample.Header, sample.Payload);
        }
    }

    public static void WriteTape(string path, IEnumerable<Sample> samples)
    {
        using var tape = new TapeWriter(path, overwrite: true);
        AppendAll(tape, samples);
    }

    /// <summary>Reads a whole tape against what was written and returns how many records agreed before it ended.</summary>
    public static int CountMatching(string path, Sample[] samples)
    {
        using var tape = TapeFile.Open(path);
        var cursor = tape.Cursor();
        var count = 0;
        while (cursor.TryRead(out var record))
        {
            Assert.True(samples[count].Matches(record), $"Record {count + 1} differs.");
            count++;
            Assert.Equal((ulong)count, record.Header.Sequence);
        }

        return count;
    }

    /// <summary>Offset of each record in a tape, and the end.</summary>
    public static long[] Offsets(Sample[] samples)
    {
        var offsets = new long[samples.Length + 1];
        offsets[0] = 64;
        for (var i = 0; i < samples.Length; i++)
        {
            offsets[i + 1] = offsets[i] + samples[i].Size;
        }

        return offsets;
    }
}

/// <summary>Steele, Lea, Flood 2014: a generator that gives the same numbers on every runtime.</summary>
public struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E37_79B9_7F4A_7C15;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }

    public int Below(int limit) => (int)(Next() % (ulong)limit);
}

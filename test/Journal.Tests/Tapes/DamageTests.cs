using System.Buffers.Binary;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;
using Parallax.Journal.Tapes;

namespace Parallax.Journal.Tests.Tapes;

public sealed class DamageTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_changed_byte_before_the_last_record_is_named()
    {
        var samples = Sample.Many(21, 20, payloadMax: 40);
        var path = _folder.File("flip.tape");
        Sample.WriteTape(path, samples);
        var bytes = File.ReadAllBytes(path);
        var offsets = Sample.Offsets(samples);
        for (var at = 64L; at < offsets[^2]; at++)
        {
            var flipped = (byte[])bytes.Clone();
            flipped[at] ^= (byte)(1 << (int)(at % 8));
            File.WriteAllBytes(path, flipped);
            var index = Array.FindLastIndex(offsets, offset => offset <= at);
            using var tape = TapeFile.Open(path);
            var report = tape.Check();
            Assert.True(report.Damage is not null, $"The change at {at} was not found.");
            Assert.Equal((path, offsets[index], (ulong)index + 1), (report.Damage.Path, report.Damage.Offset, report.Damage.Sequence));
            Assert.StartsWith($"{path} is damaged at offset {offsets[index]}, record {index + 1}: ", report.Damage.Message, StringComparison.Ordinal);
            Assert.Equal((ulong)index, report.Records);
        }
    }

    [Fact]
    public void Every_changed_byte_of_the_file_header_is_refused()
    {
        var path = _folder.File("head.tape");
        Sample.WriteTape(path, Sample.Many(22, 3));
        var bytes = File.ReadAllBytes(path);
        for (var at = 0; at < 64; at++)
        {
            var flipped = (byte[])bytes.Clone();
            flipped[at] ^= 0x10;
            File.WriteAllBytes(path, flipped);
            Assert.ThrowsAny<RecordFileException>(() => TapeFile.Open(path));
        }
    }

    [Fact]
    public void A_removed_stretch_is_found()
    {
        var samples = Sample.Many(23, 20);
        var path = _folder.File("removed.tape");
        Sample.WriteTape(path, samples);
        var bytes = File.ReadAllBytes(path);
        var offsets = Sample.Offsets(samples);
        AssertDamage(path, [.. bytes[..(int)offsets[5]], .. bytes[(int)offsets[6]..]], offsets[5], 6, "record 7 stands there");
        AssertDamage(path, [.. bytes[..(int)offsets[5]], .. bytes[((int)offsets[5] + 3)..]], offsets[5], 6, null);
        AssertDamage(path, [.. bytes[..(int)offsets[5]], 1, 2, 3, .. bytes[(int)offsets[5]..]], offsets[5], 6, null);
        AssertDamage(path, [.. bytes[..(int)offsets[6]], .. bytes[(int)offsets[5]..]], offsets[6], 7, "record 6 stands there");
    }

    [Fact]
    public void A_received_time_that_goes_back_is_damage_even_with_a_right_checksum()
    {
        var path = _folder.File("time.tape");
        Sample.WriteTape(path, [new Sample(1, 0, 0, 0, 5, 0, []), new Sample(1, 0, 0, 0, 6, 0, [])]);
        var bytes = File.ReadAllBytes(path);
        RecordFramer.Write(bytes.AsSpan(104), new RecordHeader { Kind = 1, ReceivedTime = 4 }, [], 2);
        AssertDamage(path, bytes, 104, 2, "its received time 1970-01-01T00:00:00.000000004Z comes before 1970-01-01T00:00:00.000000005Z of the record before it");
        RecordFramer.Write(bytes.AsSpan(104), new RecordHeader { Kind = 0, ReceivedTime = 6 }, [], 2);
        AssertDamage(path, bytes, 104, 2, "a record of kind 0 stands there");
    }

    [Fact]
    public void A_newer_version_is_refused_in_one_sentence()
    {
        var path = _folder.File("newer.tape");
        Sample.WriteTape(path, Sample.Many(24, 3));
        var bytes = File.ReadAllBytes(path);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), 2);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(60), RecordChecksum.Of(bytes.AsSpan(0, 60)));
        File.WriteAllBytes(path, bytes);
        var refusal = Assert.Throws<UnreadableFileException>(() => TapeFile.Open(path));
        Assert.Equal($"{path} is a tape of format version 2; this program reads up to version 1: use a newer one.", refusal.Message);
    }

    [Fact]
    public void What_is_no_tape_is_refused_in_one_sentence()
    {
        AssertRefusal(_folder.File("absent.tape"), "There is no file {0}; expected a tape.");
        AssertRefusal(_folder.File(""), "{0} is a folder; expected a tape.");

        var path = _folder.File("other");
        File.WriteAllBytes(path, []);
        AssertRefusal(path, "{0} is empty; expected a tape.");
        File.WriteAllText(path, "exchange,symbol,timestamp");
        AssertRefusal(path, "{0} is not a tape: its first bytes are 65786368616e6765.");
        AssertRefusal(Path.Combine(path, "below"), "There is no file {0}; expected a tape.");
        AssertRefusal("/dev/null", "{0} is empty; expected a tape.");
    }

    private static void AssertRefusal(string path, string message) =>
        Assert.Equal(message.Replace("{0}", path, StringComparison.Ordinal), Assert.Throws<UnreadableFileException>(() => TapeFile.Open(path)).Message);

    private static void AssertDamage(string path, byte[] bytes, long offset, ulong sequence, string? reason)
    {
        File.WriteAllBytes(path, bytes);
        using var tape = TapeFile.Open(path);
        var damage = tape.Check().Damage;
        Assert.NotNull(damage);
        Assert.Equal((offset, sequence), (damage.Offset, damage.Sequence));
        if (reason is not null)
        {
            Assert.Equal($"{path} is damaged at offset {offset}, record {sequence}: {reason}.", damage.Message);
        }
    }
}

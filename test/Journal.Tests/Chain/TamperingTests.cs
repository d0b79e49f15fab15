using System.Buffers.Binary;
using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;

namespace Parallax.Journal.Tests.Chain;

public sealed class TamperingTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly string _journal;
    private readonly SortedDictionary<string, byte[]> _whole;

    public TamperingTests()
    {
        _journal = _folder.File("j");
        JournalSample.Write(_journal, JournalSample.Many(61, 200));
        _whole = JournalSample.Bytes(_journal);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_changed_byte_of_a_segment_in_the_middle_is_found_in_its_place()
    {
        var name = SegmentName(2);
        for (var at = 0; at < _whole[name].Length; at++)
        {
            var changed = (byte[])_whole[name].Clone();
            changed[at] ^= at == 8 ? (byte)1 : (byte)0x21;
            var offset = RecordAt(_whole[name], at);
            JournalSample.Restore(_journal, With(name, changed));
            if (at is < 8 or (> 8 and < 12))
            {
                // Another kind of file, or a newer version.
                Assert.Throws<UnreadableFileException>(() => JournalCheck.Run(_journal));
                continue;
            }

            var damage = JournalCheck.Run(_journal).Damage;
            Assert.True(damage is not null, $"The change at {at} was not found.");
            Assert.Equal((Path.Combine(_journal, name), offset), (damage.Path, damage.Offset));
        }
    }

    [Fact]
    public void An_edit_with_a_recomputed_checksum_is_found_by_the_seal()
    {
        var name = SegmentName(2);
        var edited = (byte[])_whole[name].Clone();
        var offset = 64 + 80;
        var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(edited.AsSpan(offset));
        var record = new Parallax.Journal.Framing.Record(edited.AsSpan(offset, length).ToArray());
        RecordFramer.Write(edited.AsSpan(offset), record.Header with { Tag = record.Header.Tag + 1 }, record.Payload, record.Header.Sequence);
        JournalSample.Restore(_journal, With(name, edited));

        var damage = JournalCheck.Run(_journal).Damage;
        Assert.NotNull(damage);
        Assert.Equal(Path.Combine(_journal, name), damage.Path);
        Assert.Contains("the seal does not match the bytes 0 to", damage.Message, StringComparison.Ordinal);
        Assert.Equal(damage.Sequence, BinaryPrimitives.ReadUInt64LittleEndian(edited.AsSpan((int)damage.Offset + 8)));
    }

    [Fact]
    public void An_edit_with_recomputed_seals_is_found_by_the_next_segment()
    {
        // The forger rebuilds segment 1 entirely, from other records of the same sizes.
        var samples = JournalSample.Many(61, 200);
        samples[2] = samples[2] with { Tag = samples[2].Tag + 1 };
        JournalSample.Write(_folder.File("forged"), samples);
        JournalSample.Restore(_journal, With(SegmentName(1), JournalSample.Bytes(_folder.File("forged"))[SegmentName(1)]));

        var damage = JournalCheck.Run(_journal).Damage;
        Assert.NotNull(damage);
        Assert.Equal((Path.Combine(_journal, SegmentName(2)), 64L), (damage.Path, damage.Offset));
        Assert.Contains("it continues the chain hash", damage.Message, StringComparison.Ordinal);
        AssertReaderAgrees(damage);
    }

    [Fact]
    public void A_removed_segment_is_found_by_every_reader()
    {
        for (var number = 1; number < _whole.Count; number++)
        {
            JournalSample.Restore(_journal, _whole.Where(file => file.Key != SegmentName(number)));
            var damage = JournalCheck.Run(_journal).Damage;
            Assert.NotNull(damage);
            Assert.Equal(Path.Combine(_journal, SegmentName(number)), damage.Path);
            Assert.Contains($"the segment is missing, {SegmentName(number + 1)} is the next one there", damage.Message, StringComparison.Ordinal);
            AssertReaderAgrees(damage);
            Assert.Equal(damage.Message, Assert.Throws<DamagedFileException>(() => JournalWriter.Open(_journal)).Message);
        }
    }

    [Fact]
    public void Swapped_segments_are_found()
    {
        JournalSample.Restore(_journal, With(SegmentName(2), _whole[SegmentName(3)]).Where(file => file.Key != SegmentName(3))
            .Append(new(SegmentName(3), _whole[SegmentName(2)])));
        var damage = JournalCheck.Run(_journal).Damage;
        Assert.NotNull(damage);
        Assert.Equal((Path.Combine(_journal, SegmentName(2)), 64L), (damage.Path, damage.Offset));
        AssertReaderAgrees(damage);
    }

    [Fact]
    public void A_segment_cut_short_before_another_is_damage_and_not_a_torn_tail()
    {
        var name = SegmentName(2);
        for (var size = 1; size < _whole[name].Length; size += 13)
        {
            JournalSample.Restore(_journal, With(name, _whole[name][..size]));
            var damage = JournalCheck.Run(_journal).Damage;
            Assert.True(damage is not null, $"A segment cut to {size} bytes was not found.");
            Assert.Equal(Path.Combine(_journal, name), damage.Path);
            AssertReaderAgrees(damage);
        }
    }

    [Fact]
    public void A_damaged_last_segment_is_not_continued_and_not_changed()
    {
        var name = SegmentName(_whole.Count);
        var changed = (byte[])_whole[name].Clone();
        changed[150] ^= 1;
        JournalSample.Restore(_journal, With(name, changed));
        var damage = Assert.Throws<DamagedFileException>(() => JournalWriter.Open(_journal, JournalSample.Options));
        Assert.Equal(144, damage.Offset);
        Assert.Equal(changed, File.ReadAllBytes(Path.Combine(_journal, name)));
    }

    [Fact]
    public void An_opening_that_is_not_sound_is_never_taken_for_an_unfinished_segment()
    {
        var start = _whole[SegmentName(1)][..200];
        start[70] ^= 1;
        JournalSample.Restore(_journal, [new(SegmentName(1), start)]);
        Assert.Throws<DamagedFileException>(() => JournalWriter.Open(_journal));
        Assert.Equal(start, File.ReadAllBytes(Path.Combine(_journal, SegmentName(1))));
    }

    private static string SegmentName(int number) => $"{number:D8}.journal";

    private IEnumerable<KeyValuePair<string, byte[]>> With(string name, byte[] bytes) =>
        _whole.Select(file => file.Key == name ? new KeyValuePair<string, byte[]>(name, bytes) : file);

    private void AssertReaderAgrees(DamagedFileException damage)
    {
        var found = Assert.Throws<DamagedFileException>(() =>
        {
            using var reader = JournalReader.Open(_journal);
            while (reader.TryRead(out _))
            {
            }
        });
        Assert.Equal(damage.Message, found.Message);
    }

    private static long RecordAt(byte[] segment, int at)
    {
        if (at < 64)
        {
            return 0;
        }

        var offset = 64;
        while (true)
        {
            var next = offset + (int)BinaryPrimitives.ReadUInt32LittleEndian(segment.AsSpan(offset));
            if (at < next)
            {
                return offset;
            }

            offset = next;
        }
    }
}

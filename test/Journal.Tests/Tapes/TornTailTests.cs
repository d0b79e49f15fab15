using Parallax.Journal.Files;
using Parallax.Journal.Tapes;

namespace Parallax.Journal.Tests.Tapes;

public sealed class TornTailTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_tape_cut_anywhere_reads_up_to_the_last_whole_record()
    {
        var samples = Sample.Many(11, 25);
        var path = _folder.File("cut.tape");
        Sample.WriteTape(path, samples);
        var whole = File.ReadAllBytes(path);
        var offsets = Sample.Offsets(samples);
        for (var size = 64; size <= whole.Length; size++)
        {
            File.WriteAllBytes(path, whole[..size]);
            var complete = offsets.Count(offset => offset <= size) - 1;
            Assert.Equal(complete, Sample.CountMatching(path, samples));

            using var tape = TapeFile.Open(path);
            var report = tape.Check();
            Assert.Null(report.Damage);
            Assert.Equal((ulong)complete, report.Records);
            Assert.Equal(offsets[complete], report.SoundSize);
            if (offsets[complete] == size)
            {
                Assert.Null(report.TornTail);
                continue;
            }

            Assert.Equal((offsets[complete], size - offsets[complete], (ulong)complete + 1), (report.TornTail!.Offset, report.TornTail.Bytes, report.TornTail.Sequence));
        }
    }

    [Fact]
    public void A_tape_cut_inside_its_file_header_says_so()
    {
        var path = _folder.File("header.tape");
        Sample.WriteTape(path, []);
        var whole = File.ReadAllBytes(path);
        for (var size = 1; size < 64; size++)
        {
            File.WriteAllBytes(path, whole[..size]);
            var refusal = Assert.Throws<UnreadableFileException>(() => TapeFile.Open(path));
            Assert.Equal($"{path} is cut off inside its file header: {size} of 64 bytes.", refusal.Message);
        }
    }

    [Fact]
    public void Cutting_the_torn_tail_leaves_a_sound_tape()
    {
        var samples = Sample.Many(12, 50);
        var path = _folder.File("mend.tape");
        Sample.WriteTape(path, samples);
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(file.Length - 5);
        }

        var torn = TapeFile.CutTornTail(path);
        Assert.Equal(Sample.Offsets(samples)[49], torn!.Offset);
        Assert.Equal(torn.Offset, new FileInfo(path).Length);
        Assert.Equal(49, Sample.CountMatching(path, samples));
        Assert.Null(TapeFile.CutTornTail(path));
    }

    [Fact]
    public void A_tail_of_zeros_is_torn()
    {
        // What some file systems leave after a loss of power: the file has its new size, the bytes never came.
        var samples = Sample.Many(13, 50);
        var path = _folder.File("zeros.tape");
        Sample.WriteTape(path, samples);
        File.AppendAllBytes(path, new byte[5_000]);
        Assert.Equal(50, Sample.CountMatching(path, samples));
        Assert.Equal(5_000, TapeFile.CutTornTail(path)!.Bytes);
    }

    [Fact]
    public void A_changed_last_record_is_torn()
    {
        var samples = Sample.Many(14, 50, payloadMax: 30);
        var path = _folder.File("last.tape");
        Sample.WriteTape(path, samples);
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        using var tape = TapeFile.Open(path);
        Assert.Equal(
            $"{path} ends in {samples[49].Size} bytes of a torn record 50 at offset {Sample.Offsets(samples)[49]}: its checksum does not match.",
            tape.Check().TornTail!.ToString());
    }

    [Fact]
    public void More_than_a_record_of_rubbish_is_damage_and_never_cut()
    {
        var path = _folder.File("rubbish.tape");
        Sample.WriteTape(path, Sample.Many(15, 50));
        File.AppendAllBytes(path, new byte[(16 << 20) + 1]);
        var size = new FileInfo(path).Length;
        Assert.Throws<DamagedFileException>(() => TapeFile.CutTornTail(path));
        Assert.Equal(size, new FileInfo(path).Length);
    }
}

using Parallax.Journal.Chain;
using Parallax.Journal.Files;

namespace Parallax.Journal.Tests.Chain;

public sealed class WriterLockTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_writer_is_refused_and_told_who_holds_the_journal()
    {
        using var first = JournalWriter.Open(_folder.File("j"));
        var refusal = Assert.Throws<UnwritableFileException>(() => JournalWriter.Open(_folder.File("j")));
        Assert.Equal($"The journal {_folder.File("j")} is being written by process {Environment.ProcessId}; two cannot write it.", refusal.Message);
    }

    [Fact]
    public void The_journal_is_free_when_its_writer_is_gone()
    {
        JournalWriter.Open(_folder.File("j")).Dispose();
        JournalWriter.Open(_folder.File("j")).Close();
        JournalWriter.Open(_folder.File("j")).Dispose();
        Assert.False(File.Exists(_folder.File("j/writer.pid")));
    }

    [Fact]
    public void A_lock_file_left_by_a_crash_holds_nobody_up()
    {
        Directory.CreateDirectory(_folder.File("j"));
        File.WriteAllText(_folder.File("j/writer.lock"), "");
        File.WriteAllText(_folder.File("j/writer.pid"), "4711");
        JournalWriter.Open(_folder.File("j")).Dispose();
    }

    [Fact]
    public void A_writer_that_could_not_start_leaves_no_lock()
    {
        JournalSample.Write(_folder.File("j"), JournalSample.Many(91, 4));
        var segment = _folder.File("j/00000001.journal");
        var bytes = File.ReadAllBytes(segment);
        bytes[150] ^= 1;
        File.WriteAllBytes(segment, bytes);
        Assert.Throws<DamagedFileException>(() => JournalWriter.Open(_folder.File("j")));
        bytes[150] ^= 1;
        File.WriteAllBytes(segment, bytes);
        JournalWriter.Open(_folder.File("j")).Dispose();
    }
}

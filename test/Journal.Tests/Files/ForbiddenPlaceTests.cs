using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Tapes;

namespace Parallax.Journal.Tests.Files;

/// <summary>Places where nothing can be written, whoever runs the tests: below a file, and in the kernel's own file system.</summary>
public sealed class ForbiddenPlaceTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_tape_that_cannot_be_made_says_why()
    {
        File.WriteAllText(_folder.File("file"), "");
        AssertTape(Path.Combine(_folder.File("file"), "x.tape"), "{0} cannot be written: its folder does not exist.");
        AssertTape(_folder.File("absent/x.tape"), "{0} cannot be written: its folder does not exist.");
        AssertTape(_folder.File(""), "{0} cannot be written: it is a folder.");
        AssertTape("/sys/x.tape", "{0} cannot be written: access is denied.");
    }

    [Fact]
    public void A_journal_that_cannot_be_made_says_why()
    {
        File.WriteAllText(_folder.File("file"), "");
        AssertJournal(_folder.File("file"), "{0} cannot be a journal's folder: it is a file.");
        AssertJournal(_folder.File("file/below"), "{0} cannot be written: its folder does not exist.");
        AssertJournal("/sys/journal", "{0} cannot be written: access is denied.");
    }

    [Fact]
    public void A_journal_that_is_not_there_cannot_be_read()
    {
        AssertUnreadable(_folder.File("absent"), "There is no journal {0}.");
        Directory.CreateDirectory(_folder.File("empty"));
        AssertUnreadable(_folder.File("empty"), "{0} holds no journal: a journal's folder has a file 00000001.journal.");
        Sample.WriteTape(_folder.File("x.tape"), Sample.Many(1, 3));
        AssertUnreadable(_folder.File("x.tape"), "{0} is not a journal segment: found a tape.");
    }

    private static void AssertTape(string path, string message) =>
        Assert.Equal(message.Replace("{0}", path, StringComparison.Ordinal), Assert.Throws<UnwritableFileException>(() => new TapeWriter(path)).Message);

    private static void AssertJournal(string path, string message) =>
        Assert.Equal(message.Replace("{0}", path, StringComparison.Ordinal), Assert.Throws<UnwritableFileException>(() => JournalWriter.Open(path)).Message);

    private static void AssertUnreadable(string path, string message)
    {
        message = message.Replace("{0}", path, StringComparison.Ordinal);
        Assert.Equal(message, Assert.Throws<UnreadableFileException>(() => JournalReader.Open(path)).Message);
        Assert.Equal(message, Assert.Throws<UnreadableFileException>(() => JournalCheck.Run(path)).Message);
    }
}

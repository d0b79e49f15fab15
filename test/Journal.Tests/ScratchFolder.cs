namespace Parallax.Journal.Tests;

/// <summary>A folder of its own for one test class instance, gone afterwards.</summary>
public sealed class ScratchFolder : IDisposable
{
    // In memory where the machine offers it: thousands of small files with a flush each take seconds on a disk.
    private readonly DirectoryInfo _folder = Directory.Exists("/dev/shm")
        ? Directory.CreateDirectory($"/dev/shm/parallax-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}")
        : Directory.CreateTempSubdirectory("parallax-");

    private static int _count;

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}

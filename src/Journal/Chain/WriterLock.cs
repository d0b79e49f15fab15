using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Parallax.Journal.Files;

namespace Parallax.Journal.Chain;

/// <summary>Lets one process write a journal. The operating system drops the lock with the process, however it ends.</summary>
/// <remarks>
/// <c>writer.lock</c> is locked and stays behind empty (removing it would let two processes lock two files of one name).
/// <c>writer.pid</c> says who holds it; a locked file could not be read for that.
/// </remarks>
internal sealed class WriterLock : IDisposable
{
    private const int WouldBlock = 11, WouldBlockMac = 35, SharingViolation = unchecked((int)0x80070020);

    private readonly SafeFileHandle _lock;
    private readonly string _holder;

    private WriterLock(SafeFileHandle handle, string holder)
    {
        _lock = handle;
        _holder = holder;
    }

    /// <exception cref="UnwritableFileException">Another writer holds the journal, or the folder cannot be made or written.</exception>
    public static WriterLock Take(string folder)
    {
        var holder = Path.Combine(folder, "writer.pid");
        SafeFileHandle? handle = null;
        try
        {
            Directory.CreateDirectory(folder);
            handle = File.OpenHandle(Path.Combine(folder, "writer.lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            File.WriteAllText(holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new WriterLock(handle, holder);
        }
        catch (IOException wrong) when (handle is null && wrong.HResult is WouldBlock or WouldBlockMac or SharingViolation)
        {
            throw new UnwritableFileException(folder, $"The journal {folder} is being written by process {Holder(holder)}; two cannot write it.", wrong);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            handle?.Dispose();
            throw new UnwritableFileException(folder, File.Exists(folder)
                ? $"{folder} cannot be a journal's folder: it is a file."
                : FileTrouble.Writing(folder, wrong), wrong);
        }
    }

    public void Dispose()
    {
        if (_lock.IsClosed)
        {
            return;
        }

        try
        {
            File.Delete(_holder);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            // A stale pid says nothing without the lock.
        }

        _lock.Dispose();
    }

    private static string Holder(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "unknown";
        }
    }
}

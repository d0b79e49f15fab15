using Microsoft.Win32.SafeHandles;

namespace Parallax.Journal.Files;

/// <summary>How far a flush pushes the bytes.</summary>
public enum FlushPolicy
{
    /// <summary>To the operating system: they survive the end of this process.</summary>
    Os = 0,

    /// <summary>To the disk: they survive the loss of power.</summary>
    Disk = 1,
}

/// <summary>A file that only grows. A write that fails leaves it as long as it was, so it can be repeated.</summary>
internal sealed class AppendFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private Exception? _failedFlush;

    private AppendFile(string path, SafeFileHandle handle, long size)
    {
        Path = path;
        _handle = handle;
        Size = size;
    }

    public string Path { get; }

    public long Size { get; private set; }

    /// <param name="overwrite">Whether an existing file may go. It is unlinked, not emptied: whoever has it mapped keeps it.</param>
    /// <exception cref="UnwritableFileException">The file exists, or cannot be made.</exception>
    public static AppendFile Create(string path, bool overwrite = false)
    {
        try
        {
            if (overwrite && File.Exists(path))
            {
                File.Delete(path);
            }

            return new AppendFile(path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read), 0);
        }
        catch (IOException wrong) when (FileTrouble.IsDiskFull(wrong))
        {
            throw UnwritableFileException.Full(path, wrong);
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            throw new UnwritableFileException(path, $"{path} exists already and is not overwritten.");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new UnwritableFileException(path, FileTrouble.Writing(path, wrong), wrong);
        }
    }

    /// <summary>Opens an existing file to go on at <paramref name="size"/>; what stands behind it is cut.</summary>
    /// <exception cref="UnwritableFileException">It cannot be opened or cut.</exception>
    public static AppendFile Continue(string path, long size)
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Read);
            RandomAccess.SetLength(handle, size);
            return new AppendFile(path, handle, size);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            handle?.Dispose();
            throw new UnwritableFileException(path, FileTrouble.Writing(path, wrong), wrong);
        }
    }

    /// <exception cref="UnwritableFileException">Disk full or another trouble; nothing was added, and a later try may succeed.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, Size);
            Size += bytes.Length;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            CutBack();
            throw FileTrouble.IsDiskFull(wrong) ? UnwritableFileException.Full(Path, wrong) : new UnwritableFileException(Path, FileTrouble.Writing(Path, wrong), wrong);
        }
    }

    /// <remarks>
    /// Once it failed it never succeeds again: the kernel may have dropped the pages it could not write, and a second call would say
    /// that all is well.
    /// </remarks>
    /// <exception cref="UnwritableFileException">The operating system could not promise that the bytes are on the disk.</exception>
    public void FlushToDisk()
    {
        if (_failedFlush is null)
        {
            try
            {
                RandomAccess.FlushToDisk(_handle);
                return;
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
            {
                _failedFlush = wrong;
            }
        }

        throw new UnwritableFileException(Path, FileTrouble.Writing(Path, _failedFlush), _failedFlush);
    }

    public void Dispose() => _handle.Dispose();

    private void CutBack()
    {
        try
        {
            RandomAccess.SetLength(_handle, Size);
        }
        catch (IOException)
        {
            // The half-written rest stays as a torn tail, which every reader cuts.
        }
    }
}

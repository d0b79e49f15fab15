using System.Buffers;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Parallax.Journal.Files;

/// <summary>A file of records mapped into memory, or the like of one in memory, as long as it was when opened. Any number of cursors, on any threads, may read it.</summary>
/// <remarks>
/// One view of the whole file and one pointer, so that files beyond 2 GiB need nothing special and a record is a span into the page
/// cache. A file that someone else truncates while it is mapped ends the process, as with any mapped file; writers here only append.
/// </remarks>
internal sealed unsafe class MappedRecords : IDisposable
{
    private readonly MemoryMappedFile? _map;
    private readonly MemoryMappedViewAccessor? _view;
    private MemoryHandle _pinned;
    private byte* _start;

    private MappedRecords(string path, RecordFileHeader kind, SafeFileHandle file, long size)
    {
        Path = path;
        Size = End = size;
        _map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _map.CreateViewAccessor(0, size, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
        Require(kind);
    }

    private MappedRecords(string name, RecordFileHeader kind, ReadOnlyMemory<byte> bytes)
    {
        Path = name;
        Size = End = bytes.Length;
        _pinned = bytes.Pin();
        _start = (byte*)_pinned.Pointer;
        Require(kind);
    }

    public string Path { get; }

    /// <summary>The file in bytes, its torn tail included.</summary>
    public long Size { get; }

    /// <summary>Where cursors stop: the end of the file, or the start of its torn tail once one was found.</summary>
    public long End { get; private set; }

    /// <summary>Known once a cursor got there; <see langword="null"/> before and when the file ends with a whole record.</summary>
    public TornTail? TornTail { get; private set; }

    /// <exception cref="UnreadableFileException">Missing, a folder, forbidden, empty, not of this kind, or newer.</exception>
    /// <exception cref="DamagedFileException">The file header is not intact.</exception>
    public static MappedRecords Open(string path, RecordFileHeader kind)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var size = RandomAccess.GetLength(file);
            if (size == 0)
            {
                kind.Require(path, []);
            }

            return new MappedRecords(path, kind, file, size);
        }
        catch (Exception wrong)
        {
            file?.Dispose();
            if (wrong is RecordFileException)
            {
                throw;
            }

            throw new UnreadableFileException(path, FileTrouble.Reading(path, kind.Noun, wrong), wrong);
        }
    }

    /// <summary>Reads what is held in memory as if it were a file.</summary>
    /// <param name="name">Stands for the path in messages.</param>
    /// <param name="bytes">At least one; not changed while this is open.</param>
    /// <exception cref="RecordFileException">As <see cref="Open"/>.</exception>
    public static MappedRecords Over(string name, RecordFileHeader kind, ReadOnlyMemory<byte> bytes) => new(name, kind, bytes);

    /// <summary>Ends reading at a place where no sound record stands: the file is over, or its tail is torn.</summary>
    /// <param name="sequence">The sequence that should stand there.</param>
    /// <exception cref="DamagedFileException">It is neither.</exception>
    public void EndAt(long offset, ulong sequence, long receivedTimeBefore)
    {
        if (offset >= End)
        {
            return;
        }

        TornTail = TailSearch.Judge(this, offset, sequence, receivedTimeBefore);
        End = offset;
    }

    /// <summary>The first byte of a record; the caller stays below <see cref="End"/>.</summary>
    /// <exception cref="ObjectDisposedException">The file was closed.</exception>
    public byte* At(long offset)
    {
        ObjectDisposedException.ThrowIf(_start == null, this);
        return _start + offset;
    }

    public ReadOnlySpan<byte> Bytes(long offset, int count) => new(At(offset), count);

    public void Dispose()
    {
        if (_start != null)
        {
            _start = null;
            _view?.SafeMemoryMappedViewHandle.ReleasePointer();
        }

        _view?.Dispose();
        _map?.Dispose();
        _pinned.Dispose();
    }

    private void Require(RecordFileHeader kind)
    {
        try
        {
            kind.Require(Path, Bytes(0, (int)Math.Min(Size, RecordFileHeader.Size)));
        }
        catch
        {
            Dispose();
            throw;
        }
    }
}

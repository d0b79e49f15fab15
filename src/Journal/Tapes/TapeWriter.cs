using Parallax.Journal.Files;
using Parallax.Journal.Framing;

namespace Parallax.Journal.Tapes;

/// <summary>Writes a new tape. The same records give the same bytes, whenever and wherever they are written.</summary>
/// <remarks>
/// One thread. Appends gather in a buffer: nothing reaches the file before the buffer is full or <see cref="Flush"/> is called. An
/// append or flush that throws has taken nothing away and may be repeated. Steady state allocates nothing.
/// </remarks>
public sealed class TapeWriter : IRecordSink, IFlushed, IDisposable
{
    private readonly AppendFile _file;
    private readonly int _backlogMax;
    private byte[] _buffer = new byte[256 << 10];
    private int _used;
    private long _receivedTime;
    private bool _isClosed;

    /// <param name="overwrite">Whether an existing file at this path is replaced.</param>
    /// <param name="backlogMax">Bytes that are kept in memory while the disk is full: appends succeed so long, and flushes fail until there is room.</param>
    /// <exception cref="UnwritableFileException">The file exists and may not be replaced, or cannot be made.</exception>
    public TapeWriter(string path, bool overwrite = false, int backlogMax = 0)
    {
        _backlogMax = backlogMax;
        _file = AppendFile.Create(path, overwrite);
        RecordFileHeader.Tape.Bytes.CopyTo(_buffer);
        _used = RecordFileHeader.Size;
    }

    public string Path => _file.Path;

    /// <summary>Records taken so far, which is also the sequence of the last one.</summary>
    public ulong Records { get; private set; }

    /// <summary>The tape in bytes, what is still in the buffer included.</summary>
    public long Size => _file.Size + _used;

    /// <exception cref="ArgumentException">
    /// A kind below 1 or above <see cref="RecordKinds.InputLast"/>, a received time earlier than the record's before, or a payload too large.
    /// </exception>
    /// <exception cref="UnwritableFileException">Disk full or another trouble; the record was not taken.</exception>
    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        RecordFramer.RequireNext(header, RecordKinds.InputLast, Records, _receivedTime);
        var size = RecordFramer.RecordSize(payload.Length);
        if (size > _buffer.Length - _used)
        {
            MakeRoom(size);
        }

        _used += RecordFramer.Write(_buffer.AsSpan(_used), header, payload, Records + 1);
        _receivedTime = header.ReceivedTime;
        Records++;
    }

    /// <exception cref="UnwritableFileException">Disk full or another trouble; what was appended is kept for the next try.</exception>
    public void Flush(FlushPolicy policy = FlushPolicy.Os)
    {
        if (_used > 0)
        {
            _file.Write(_buffer.AsSpan(0, _used));
            _used = 0;
        }

        if (policy == FlushPolicy.Disk)
        {
            _file.FlushToDisk();
        }
    }

    void IFlushed.Flush(FlushPolicy policy) => Flush(policy);

    /// <summary>Flushes to the operating system and closes the file.</summary>
    /// <exception cref="UnwritableFileException">The last records could not be written; the file is closed all the same.</exception>
    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        try
        {
            Flush();
        }
        finally
        {
            _file.Dispose();
            // No room for another record: an append after this is told.
            _buffer = [];
            _used = 0;
        }
    }

    private void MakeRoom(int size)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        try
        {
            Flush();
        }
        catch (UnwritableFileException full) when (full.IsFull && _used + size <= _backlogMax)
        {
            Array.Resize(ref _buffer, Math.Min(_backlogMax, Math.Max(2 * _buffer.Length, _used + size)));
            return;
        }

        if (size > _buffer.Length)
        {
            _buffer = new byte[size];
        }
    }
}

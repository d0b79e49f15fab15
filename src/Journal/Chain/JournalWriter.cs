using System.Security.Cryptography;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;

namespace Parallax.Journal.Chain;

/// <summary>Writes a journal: records in blocks, each sealed with a hash over itself and everything before it.</summary>
/// <remarks>
/// The bytes, and so the hash, depend on the records and the options alone: seals and segments end where counting says, whatever is
/// flushed when, on a disk or nowhere. One thread. Appends gather in a buffer; an append or flush that throws has taken nothing away
/// and may be repeated. Steady state allocates nothing.
/// </remarks>
public sealed class JournalWriter : IRecordSink, IFlushed, IDisposable
{
    /// <summary>Grows while a session is young: a short one needs little, a long one is written in large pieces.</summary>
    private const int BufferSizeFirst = 16 << 10, BufferSizeMax = 256 << 10;

    private const int EmptySegmentSize = RecordFileHeader.Size + ChainRecord.OpeningSize;

    private readonly ISegmentTarget _target;
    private readonly JournalOptions _options;
    private readonly IncrementalHash _block = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _hash = new byte[ChainRecord.HashSize];
    private readonly int _bufferSizeMax;
    private byte[] _buffer = new byte[BufferSizeFirst];
    private int _used;
    private int _hashed;
    private int _segment;
    private long _segmentSize;
    private ulong _sequence;
    private long _receivedTime;
    private int _blockRecords;
    private bool _isBlockOpen;
    private bool _isClosed;

    private JournalWriter(ISegmentTarget target, JournalOptions options, JournalTail tail)
    {
        _target = target;
        _options = options;
        // What goes nowhere need not be gathered.
        _bufferSizeMax = target is NoSegments ? BufferSizeFirst : BufferSizeMax;
        (_segment, _sequence, _receivedTime, var hash) = tail.Position;
        hash.CopyTo(_hash, 0);
        _block.AppendData(_hash);
        TornTail = tail.TornTail;
        if (_segment == 0)
        {
            StartSegment();
        }
        else
        {
            _segmentSize = tail.SegmentSize;
            _blockRecords = tail.BlockRecords;
            _isBlockOpen = tail.BlockStart < tail.SegmentSize;
            tail.FeedUnsealed(_block);
        }
    }

    /// <summary>What a crash had left half written and was cut when this writer opened the journal; <see langword="null"/> without one.</summary>
    public TornTail? TornTail { get; }

    /// <summary>Of the last record: after <see cref="Append"/>, the one that record has. The chain's own records count.</summary>
    public ulong Sequence => _sequence;

    /// <summary>Of the last record, UTC nanoseconds; zero before the first. The next one may not be earlier.</summary>
    public long ReceivedTime => _receivedTime;

    /// <summary>The journal's hash: 64 lower-case hexadecimal digits. Covers everything once <see cref="Close"/> returned, whole blocks before.</summary>
    public string ChainHash => Convert.ToHexStringLower(_hash);

    /// <summary>Opens the journal in a folder, or begins one. Holds it alone until closed.</summary>
    /// <remarks>
    /// The last segment is verified and a torn tail cut, see <see cref="TornTail"/>. Of the segments before it only the last seal is
    /// looked at; <see cref="JournalCheck"/> verifies them all.
    /// </remarks>
    /// <param name="backlogMax">Bytes that are kept in memory while the disk is full: appends succeed so long, and flushes fail until there is room.</param>
    /// <exception cref="UnwritableFileException">Another writer holds it, or the folder cannot be made or written.</exception>
    /// <exception cref="UnreadableFileException">What stands there is no journal or a newer one.</exception>
    /// <exception cref="DamagedFileException">The journal is damaged; nothing was changed.</exception>
    public static JournalWriter Open(string folder, JournalOptions? options = null, long backlogMax = 0) => Open(folder, options, JournalTail.Of, backlogMax);

    /// <summary>Opens the journal on a disk that is no folder, or begins one there.</summary>
    /// <param name="backlogMax">As for a folder.</param>
    /// <exception cref="RecordFileException">As for a folder.</exception>
    public static JournalWriter Open(IJournalDisk disk, long backlogMax = 0)
    {
        var tail = JournalTail.Of(disk.Bytes);
        disk.Cut(tail.SegmentSize);
        var options = JournalOptions.Default with { SegmentSizeMax = long.MaxValue };
        return new JournalWriter(new SegmentBacklog(new DiskSegment(disk), "journal", backlogMax), options, tail);
    }

    /// <summary>Begins a journal in a folder that holds none. Holds it alone until closed.</summary>
    /// <param name="overwrite">Whether a journal that stands there is deleted.</param>
    /// <exception cref="UnwritableFileException">A journal stands there, another writer holds it, or the folder cannot be made or written.</exception>
    public static JournalWriter Create(string folder, JournalOptions? options = null, bool overwrite = false) =>
        Open(folder, options, path => JournalTail.Cleared(path, overwrite), backlogMax: 0);

    /// <summary>A journal that is only hashed: <see cref="ChainHash"/> is the one that a file with the same options would have.</summary>
    public static JournalWriter HashOnly(JournalOptions? options = null) =>
        new(new NoSegments(), (options ?? JournalOptions.Default).Validated(), JournalTail.None);

    /// <exception cref="ArgumentException">
    /// A kind below 1 or one of the chain's, a received time earlier than the record's before, or a payload too large.
    /// </exception>
    /// <exception cref="UnwritableFileException">Disk full or another trouble; the record was not taken.</exception>
    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        RecordFramer.RequireNext(header, RecordKinds.ChainFirst - 1, _sequence, _receivedTime);
        var size = RecordFramer.RecordSize(payload.Length);
        // A full block is sealed by the record after it, so that a record is the last one written when Append returns.
        if (_blockRecords >= _options.BlockRecordsMax)
        {
            Seal();
        }

        if (_segmentSize + size + ChainRecord.SealSize > _options.SegmentSizeMax && _segmentSize > EmptySegmentSize)
        {
            Seal();
            StartSegment();
        }

        MakeRoom(size);
        Took(RecordFramer.Write(_buffer.AsSpan(_used), header, payload, _sequence + 1));
        _receivedTime = header.ReceivedTime;
        _blockRecords++;
    }

    /// <exception cref="UnwritableFileException">Disk full or another trouble; what was appended is kept for the next try.</exception>
    public void Flush(FlushPolicy policy)
    {
        Drain();
        _target.Flush(policy);
    }

    /// <summary>Seals what is open, flushes to the disk and lets go of the journal.</summary>
    /// <returns><see cref="ChainHash"/> over everything.</returns>
    /// <exception cref="UnwritableFileException">Disk full or another trouble; the journal is still open and closing may be repeated.</exception>
    public string Close()
    {
        if (!_isClosed)
        {
            Seal();
            Flush(FlushPolicy.Disk);
            Release();
        }

        return ChainHash;
    }

    /// <summary>As <see cref="Close"/>, but lets go of the journal even when the rest could not be written.</summary>
    public void Dispose()
    {
        try
        {
            Close();
        }
        finally
        {
            Release();
        }
    }

    private static JournalWriter Open(string folder, JournalOptions? options, Func<string, JournalTail> tailOf, long backlogMax)
    {
        options = (options ?? JournalOptions.Default).Validated();
        var writerLock = WriterLock.Take(folder);
        SegmentFolder? target = null;
        try
        {
            var tail = tailOf(folder);
            target = new SegmentFolder(folder, writerLock, tail.Cut());
            return new JournalWriter(new SegmentBacklog(target, folder, backlogMax), options, tail);
        }
        catch
        {
            target?.Dispose();
            writerLock.Dispose();
            throw;
        }
    }

    private void Release()
    {
        _isClosed = true;
        _target.Dispose();
        _block.Dispose();
    }

    private void StartSegment()
    {
        Drain();
        _target.StartSegment(_segment + 1);
        _segment++;
        _segmentSize = RecordFileHeader.Size;
        RecordFileHeader.JournalSegment.Bytes.CopyTo(_buffer);
        _used = RecordFileHeader.Size;
        Took(ChainRecord.WriteOpening(_buffer.AsSpan(_used), _sequence + 1, _receivedTime, _segment, _hash));
    }

    /// <summary>Ends the block, unless nothing was appended since the last seal.</summary>
    private void Seal()
    {
        if (!_isBlockOpen)
        {
            return;
        }

        MakeRoom(ChainRecord.SealSize);
        HashWritten();
        _block.GetHashAndReset(_hash);
        _block.AppendData(_hash);
        Took(ChainRecord.WriteSeal(_buffer.AsSpan(_used), _sequence + 1, _receivedTime, _hash));
        _hashed = _used;
        _blockRecords = 0;
        _isBlockOpen = false;
    }

    private void Took(int size)
    {
        _used += size;
        _segmentSize += size;
        _sequence++;
        _isBlockOpen = true;
    }

    private void MakeRoom(int size)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (size <= _buffer.Length - _used)
        {
            return;
        }

        if (_buffer.Length < _bufferSizeMax)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _used + size));
            return;
        }

        Drain();
        if (size > _buffer.Length)
        {
            _buffer = new byte[size];
        }
    }

    private void Drain()
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        HashWritten();
        if (_used > 0)
        {
            _target.Write(_buffer.AsSpan(0, _used));
            _used = _hashed = 0;
        }
    }

    // Once a buffer instead of once a record: a call into the hash costs more than a record's bytes.
    private void HashWritten()
    {
        _block.AppendData(_buffer.AsSpan(_hashed, _used - _hashed));
        _hashed = _used;
    }
}

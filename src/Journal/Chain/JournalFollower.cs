using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;

namespace Parallax.Journal.Chain;

/// <summary>Reads a journal while it is being written, from segment to segment, and verifies every checksum and every seal on the way.</summary>
/// <remarks>
/// Only opens files for reading: the writer is never held up. It reads into a buffer of its own instead of mapping the file, because a
/// writer that starts again may cut a torn tail, and a mapped file that shrinks ends the process. Bytes that are no whole record yet are
/// forgotten and read again by the next call. One thread.
/// </remarks>
public sealed class JournalFollower : IDisposable
{
    private const int EmptySegmentSize = RecordFileHeader.Size + ChainRecord.OpeningSize;

    private readonly string _folder;
    private readonly IncrementalHash _block = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _hash = new byte[ChainRecord.HashSize];
    private byte[] _buffer = new byte[256 << 10];
    private SafeFileHandle? _file;
    private int _start;
    private int _count;
    private int _segment;
    private long _offset;
    private long _blockStart;
    private ulong _sequence;
    private long _receivedTime;
    private JournalPlace? _beforeSeal;

    private JournalFollower(string folder) => _folder = folder;

    /// <summary>Of the last record that was read; zero before the first.</summary>
    public ulong Sequence => _beforeSeal?.Sequence ?? _sequence;

    /// <summary>Of that record, UTC nanoseconds.</summary>
    public long ReceivedTime => _receivedTime;

    private string SegmentPath => Path.Combine(_folder, SegmentFile.Name(_segment));

    private string NextPath => Path.Combine(_folder, SegmentFile.Name(_segment + 1));

    private bool IsSealed => _offset == _blockStart;

    /// <summary>Follows the journal of a folder; the folder, or the journal in it, may come into being later.</summary>
    /// <param name="from">Where to go on; null for the beginning.</param>
    /// <exception cref="OtherJournalException">The journal is not the one that <paramref name="from"/> was taken from, or it ends before.</exception>
    /// <exception cref="UnreadableFileException">Forbidden, no journal, or of a newer version.</exception>
    public static JournalFollower Open(string folder, JournalPlace? from = null)
    {
        var follower = new JournalFollower(folder);
        try
        {
            if (from is null)
            {
                follower._block.AppendData(follower._hash);
            }
            else
            {
                follower.Resume(from);
            }

            return follower;
        }
        catch
        {
            follower.Dispose();
            throw;
        }
    }

    /// <summary>The next record that stands whole in the journal; openings and seals are verified and passed over.</summary>
    /// <param name="record">A view, good until the next read.</param>
    /// <returns><see langword="false"/> when there is none yet; a later call may find one.</returns>
    /// <exception cref="DamagedFileException">What stands there is not what was written.</exception>
    /// <exception cref="UnreadableFileException">A segment may not be read, or is no journal's.</exception>
    public bool TryRead(out Record record)
    {
        var isComplete = false;
        while (true)
        {
            if (_file is not null && TryTake(out record))
            {
                if (record.Header.Kind < RecordKinds.ChainFirst)
                {
                    return true;
                }
            }
            else if (!File.Exists(NextPath))
            {
                record = default;
                return false;
            }
            else if (_file is not null && !isComplete)
            {
                // The next segment is made after the last byte of this one: what another look does not find never comes.
                isComplete = true;
            }
            else if (!TryEnterNext())
            {
                record = default;
                return false;
            }
            else
            {
                isComplete = false;
            }
        }
    }

    /// <summary>Behind the last record that was read, before a seal that follows it: the same place whether or not the seal was there already.</summary>
    /// <exception cref="InvalidOperationException">Nothing was read yet.</exception>
    public JournalPlace Place() => _segment == 0 ? throw new InvalidOperationException("Nothing of the journal was read yet.") : _beforeSeal ?? Here();

    public void Dispose()
    {
        _file?.Dispose();
        _block.Dispose();
    }

    private JournalPlace Here() =>
        new(_segment, _offset, _blockStart, _sequence, _receivedTime, Convert.ToHexStringLower(_hash), Convert.ToHexStringLower(_block.GetCurrentHash()));

    private void Resume(JournalPlace from)
    {
        _segment = from.Segment;
        _file = OpenSegment() ?? throw Lost(from);
        (_sequence, _receivedTime) = (from.Sequence, from.ReceivedTime);
        _offset = _blockStart = from.BlockStart;
        Convert.FromHexString(from.SealHash, _hash, out _, out _);
        _block.AppendData(_hash);
        while (_offset < from.Offset)
        {
            var wanted = (int)Math.Min(_buffer.Length, from.Offset - _offset);
            if (!Has(wanted))
            {
                throw Lost(from);
            }

            Pass(wanted);
        }

        if (Convert.ToHexStringLower(_block.GetCurrentHash()) != from.Hash)
        {
            throw new OtherJournalException(_folder, $"{_folder} holds another journal: its records up to {from.Sequence} are not the ones that were read before.");
        }
    }

    private OtherJournalException Lost(JournalPlace from) => new(
        _folder, $"{_folder} holds another journal, or one that lost its end: it does not reach record {from.Sequence}, which was read before.");

    private bool TryTake(out Record record)
    {
        record = default;
        if (!Has(RecordHeader.Size))
        {
            return Forget();
        }

        var length = new Record(Unread(RecordHeader.Size)).Header.Length;
        if (!RecordFramer.IsLength(length, long.MaxValue))
        {
            RequireTail("a length of " + length + " is no record's");
            return Forget();
        }

        if (!Has((int)length))
        {
            return Forget();
        }

        var bytes = Unread((int)length);
        if (!RecordFramer.IsSound(bytes))
        {
            RequireTail("its checksum does not match");
            return Forget();
        }

        record = new Record(bytes);
        Accept(record);
        return true;
    }

    private void Accept(Record record)
    {
        ref readonly var header = ref record.Header;
        if (header.Sequence != _sequence + 1 || header.ReceivedTime < _receivedTime || header.Kind == 0)
        {
            throw Damaged($"record {header.Sequence} of kind {header.Kind} stands there, which does not follow record {_sequence}");
        }

        if (header.Kind < RecordKinds.ChainFirst)
        {
            Pass(record.Bytes.Length);
            _beforeSeal = null;
        }
        else
        {
            Seal(record);
        }

        _sequence++;
        _receivedTime = record.Header.ReceivedTime;
    }

    private void Seal(Record record)
    {
        _beforeSeal ??= Here();
        Span<byte> hash = stackalloc byte[ChainRecord.HashSize];
        _block.GetHashAndReset(hash);
        Span<byte> expected = stackalloc byte[ChainRecord.SealSize];
        ChainRecord.WriteSeal(expected, _sequence + 1, _receivedTime, hash);
        if (!record.Bytes.SequenceEqual(expected))
        {
            throw Damaged("the seal that stands there does not match the records before it");
        }

        hash.CopyTo(_hash);
        Skip(ChainRecord.SealSize);
        _block.AppendData(_hash);
        _blockStart = _offset;
    }

    /// <returns>False while the next segment's opening is not complete.</returns>
    private bool TryEnterNext()
    {
        if (_file is not null && (!IsSealed || Has(1)))
        {
            throw Segment.CutShort(SegmentPath, _offset, _sequence + 1);
        }

        var (before, file) = (_file, default(SafeFileHandle));
        _segment++;
        try
        {
            file = OpenSegment();
            Span<byte> start = stackalloc byte[EmptySegmentSize];
            if (file is null || RandomAccess.Read(file, start, 0) < EmptySegmentSize)
            {
                file?.Dispose();
                _segment--;
                return false;
            }

            RecordFileHeader.JournalSegment.Require(SegmentPath, start);
            Span<byte> expected = stackalloc byte[ChainRecord.OpeningSize];
            ChainRecord.WriteOpening(expected, _sequence + 1, _receivedTime, _segment, _hash);
            if (!start[RecordFileHeader.Size..].SequenceEqual(expected))
            {
                throw new DamagedFileException(SegmentPath, RecordFileHeader.Size, _sequence + 1, "its opening does not continue the segment before");
            }

            _block.AppendData(start);
            (_file, _offset, _blockStart, _start, _count) = (file, EmptySegmentSize, 0, 0, 0);
            _sequence++;
            before?.Dispose();
            return true;
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    private SafeFileHandle? OpenSegment()
    {
        var path = SegmentPath;
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UnreadableFileException(path, FileTrouble.Reading(path, RecordFileHeader.JournalSegment.Noun, wrong), wrong);
        }
    }

    /// <summary>An unsound record is an unfinished write only at the very end.</summary>
    private void RequireTail(string reason)
    {
        var follows = RandomAccess.GetLength(_file!) - _offset;
        if (follows > RecordFramer.RecordSizeMax || File.Exists(NextPath))
        {
            throw Damaged(reason);
        }
    }

    private DamagedFileException Damaged(string reason) => new(SegmentPath, _offset, _sequence + 1, reason);

    /// <summary>Whether so many unread bytes are there; reads them if need be.</summary>
    private bool Has(int count)
    {
        if (_count >= count)
        {
            return true;
        }

        _buffer.AsSpan(_start, _count).CopyTo(_buffer);
        _start = 0;
        if (count > _buffer.Length)
        {
            Array.Resize(ref _buffer, count);
        }

        while (_count < count)
        {
            var read = RandomAccess.Read(_file!, _buffer.AsSpan(_count), _offset + _count);
            if (read == 0)
            {
                return false;
            }

            _count += read;
        }

        return true;
    }

    private ReadOnlySpan<byte> Unread(int count) => _buffer.AsSpan(_start, count);

    private bool Forget()
    {
        _count = 0;
        return false;
    }

    private void Pass(int count)
    {
        _block.AppendData(Unread(count));
        Skip(count);
    }

    private void Skip(int count)
    {
        _start += count;
        _count -= count;
        _offset += count;
    }
}

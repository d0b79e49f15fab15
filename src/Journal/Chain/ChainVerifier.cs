using System.Security.Cryptography;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;

namespace Parallax.Journal.Chain;

/// <summary>Follows a chain through its segments and recomputes every seal. Keeps what it verified when it meets damage.</summary>
internal sealed class ChainVerifier : IDisposable
{
    private const int ChunkSize = 4 << 20;
    private const long ProgressStride = 64 << 20;

    private readonly IncrementalHash _block = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _hash = new byte[ChainRecord.HashSize];

    /// <summary>Behind the last sound record.</summary>
    public RecordPosition End { get; private set; }

    /// <summary>Offset behind the last seal of the segment (its start, before the first): what follows is not sealed yet.</summary>
    public long BlockStart { get; private set; }

    /// <summary>Records behind the last seal, the chain's own not counted.</summary>
    public int BlockRecords { get; private set; }

    public bool IsSealed => BlockStart == End.Offset;

    /// <summary>Of the last seal.</summary>
    public byte[] Hash => [.. _hash];

    /// <summary>All sound records, the chain's own not counted.</summary>
    public long Records { get; private set; }

    public long? FirstReceivedTime { get; private set; }

    public long? LastReceivedTime { get; private set; }

    public ChainPosition Position(int segment) => new(segment, End.Sequence, End.ReceivedTime, Hash);

    /// <param name="progress">Told the offset reached, now and then; may throw to stop.</param>
    /// <exception cref="DamagedFileException">The first record or seal that is not what was written.</exception>
    public void Verify(Segment segment, Action<long>? progress = null)
    {
        var cursor = segment.First;
        End = cursor.Position;
        (BlockStart, BlockRecords) = (0, 0);
        // The opening was found to repeat the hash before; the first block includes it and the file header.
        segment.PreviousHash.CopyTo(_hash);
        var nextProgress = ProgressStride;
        while (cursor.TryRead(out var record))
        {
            if (record.Header.Kind >= RecordKinds.ChainFirst)
            {
                VerifySeal(segment, record);
                BlockStart = cursor.Position.Offset;
                BlockRecords = 0;
            }
            else
            {
                BlockRecords++;
                Records++;
                FirstReceivedTime ??= record.Header.ReceivedTime;
                LastReceivedTime = record.Header.ReceivedTime;
            }

            End = cursor.Position;
            if (End.Offset >= nextProgress)
            {
                progress?.Invoke(End.Offset);
                nextProgress += ProgressStride;
            }
        }
    }

    public void Dispose() => _block.Dispose();

    private void VerifySeal(Segment segment, Record record)
    {
        _block.AppendData(_hash);
        for (var at = BlockStart; at < End.Offset; at += ChunkSize)
        {
            _block.AppendData(segment.Bytes(at, (int)Math.Min(ChunkSize, End.Offset - at)));
        }

        Span<byte> hash = stackalloc byte[ChainRecord.HashSize];
        _block.GetHashAndReset(hash);
        Span<byte> expected = stackalloc byte[ChainRecord.SealSize];
        ChainRecord.WriteSeal(expected, End.Sequence + 1, End.ReceivedTime, hash);
        if (!record.Bytes.SequenceEqual(expected))
        {
            var isSeal = record.Header.Kind == ChainRecord.Seal && record.Bytes.Length == ChainRecord.SealSize;
            throw new DamagedFileException(segment.Path, End.Offset, End.Sequence + 1, isSeal && !record.Payload.SequenceEqual(hash)
                ? $"the seal does not match the bytes {BlockStart} to {End.Offset - 1}: one of them, or the seal, was changed after it was written"
                : $"a chain record of kind {record.Header.Kind} stands there that was not written by a journal");
        }

        hash.CopyTo(_hash);
    }
}

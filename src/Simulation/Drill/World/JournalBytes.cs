using Parallax.Journal.Framing;

namespace Parallax.Simulation.Drill.World;

/// <summary>Goes through a journal's bytes record by record, to the end or the first that is torn. The chain's own records are passed over.</summary>
public ref struct JournalBytes(ReadOnlySpan<byte> journal, int from = JournalBytes.FileHeaderSize)
{
    /// <summary>Where the first record stands.</summary>
    public const int FileHeaderSize = 64;

    private readonly ReadOnlySpan<byte> _journal = journal;

    /// <summary>Where the next record stands.</summary>
    public int Offset { get; private set; } = from;

    public bool TryNext(out Record record)
    {
        while (_journal.Length - Offset >= RecordHeader.Size && RecordFramer.IsSound(_journal[Offset..]))
        {
            var length = (int)new Record(_journal[Offset..]).Header.Length;
            record = new Record(_journal.Slice(Offset, length));
            Offset += length;
            if (record.Header.Kind < RecordKinds.ChainFirst)
            {
                return true;
            }
        }

        record = default;
        return false;
    }
}

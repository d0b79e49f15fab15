using Parallax.Journal.Framing;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.Testing;

/// <summary>Records in memory, framed as a file would hold them: a tape or a journal without the file.</summary>
public sealed class RecordList : IRecordSink
{
    private readonly List<byte[]> _records = [];

    public int Count => _records.Count;

    public Record this[int index] => new(_records[index]);

    /// <summary>Whether both hold the same bytes in their first <paramref name="count"/> records.</summary>
    public bool StartsLike(RecordList other, int count) =>
        count <= Count && count <= other.Count && Enumerable.Range(0, count).All(i => _records[i].AsSpan().SequenceEqual(other._records[i]));

    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var record = new byte[RecordFramer.RecordSize(payload.Length)];
        RecordFramer.Write(record, header, payload, (ulong)_records.Count + 1);
        _records.Add(record);
    }
}

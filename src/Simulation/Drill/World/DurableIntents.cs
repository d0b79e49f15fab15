using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.World;

/// <summary>The intents of orders that stand on the disk itself, read from its bytes and nothing else.</summary>
public sealed class DurableIntents(DrillDisk disk)
{
    private const int FileHeaderSize = 64;

    private readonly HashSet<ClientOrderId> _ids = [];
    private int _read = FileHeaderSize;

    public bool Contains(ClientOrderId id) => _ids.Contains(id);

    /// <summary>Reads on to where the durable bytes end now.</summary>
    public void ReadTo(int size)
    {
        var bytes = disk.Bytes.Span[..size];
        while (size - _read >= RecordHeader.Size)
        {
            var record = new Record(bytes[_read..]);
            var length = (int)record.Header.Length;
            if (length > size - _read || !RecordFramer.IsSound(bytes[_read..]))
            {
                return;
            }

            if (record.Header.Kind == (byte)DecisionKind.OrderIntent)
            {
                var reader = new PayloadReader(bytes.Slice(_read + RecordHeader.Size, length - RecordHeader.Size));
                _ids.Add(OrderIntent.Read(ref reader).Id);
            }

            _read += length;
        }
    }

    /// <summary>The disk was cut: what was torn is written anew.</summary>
    public void CutTo(int size) => _read = Math.Min(_read, Math.Max(FileHeaderSize, size));
}

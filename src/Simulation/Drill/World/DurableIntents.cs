using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.World;

/// <summary>The intents of orders that stand on the disk itself, read from its bytes and nothing else.</summary>
public sealed class DurableIntents(DrillDisk disk)
{
    private readonly HashSet<ClientOrderId> _ids = [];
    private int _read = JournalBytes.FileHeaderSize;

    public bool Contains(ClientOrderId id) => _ids.Contains(id);

    /// <summary>Reads on to where the durable bytes end now.</summary>
    public void ReadTo(int size)
    {
        var journal = new JournalBytes(disk.Bytes.Span[..size], _read);
        while (journal.TryNext(out var record))
        {
            if (record.Header.Kind == (byte)DecisionKind.OrderIntent)
            {
                var reader = new PayloadReader(record.Payload);
                _ids.Add(OrderIntent.Read(ref reader).Id);
            }
        }

        _read = journal.Offset;
    }

    /// <summary>The disk was cut: what was torn is written anew.</summary>
    public void CutTo(int size) => _read = Math.Min(_read, Math.Max(JournalBytes.FileHeaderSize, size));
}

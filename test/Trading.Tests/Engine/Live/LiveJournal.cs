using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Tests.Engine.Live;

/// <summary>What a journal on the disk tells.</summary>
internal sealed class LiveJournal
{
    private readonly Dictionary<byte, List<byte[]>> _payloads = [];

    public JournalFold Fold { get; } = new();

    /// <summary>Orders that were held back on our side.</summary>
    public List<OrderEvent> NotSent { get; } = [];

    public static LiveJournal Of(string folder)
    {
        var found = new LiveJournal();
        using var reader = JournalReader.Open(folder);
        while (reader.TryRead(out var record))
        {
            found.Fold.Take(record);
            if (record.Header.Kind == OrderEvent.RecordKind && OrderEvent.Read(record) is { Type: OrderEventType.NotSent } unsent)
            {
                found.NotSent.Add(unsent);
            }

            if (!found._payloads.TryGetValue(record.Header.Kind, out var payloads))
            {
                found._payloads.Add(record.Header.Kind, payloads = []);
            }

            payloads.Add(record.Payload.ToArray());
        }

        return found;
    }

    /// <summary>Every decision of one kind, in order.</summary>
    public IReadOnlyList<T> All<T>()
        where T : IDecision<T>
    {
        var all = new List<T>();
        foreach (var payload in _payloads.GetValueOrDefault((byte)T.Kind) ?? [])
        {
            var reader = new PayloadReader(payload);
            all.Add(T.Read(ref reader));
        }

        return all;
    }
}

using Parallax.Journal.Framing;
using Parallax.Trading.Engine;

namespace Parallax.Simulation.Drill.World;

/// <summary>What one life of the program was told, and what its engine wrote: the one has to give the other again.</summary>
public sealed class SessionTape : IRecordSink
{
    private readonly RecordBytes _told = new();
    private bool _hasEndedEarly;

    /// <summary>What the engine wrote into the journal.</summary>
    public RecordBytes Written { get; } = new();

    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload) => _told.Append(header, payload);

    /// <summary>The process died: the last input may have been handled in part.</summary>
    public void EndEarly() => _hasEndedEarly = true;

    /// <summary>Plays the inputs to a fresh engine.</summary>
    /// <returns>Where it wrote something else; <see langword="null"/> as it should be.</returns>
    public string? Difference()
    {
        var inputs = new JournalBytes(_told.Span, from: 0);
        if (!inputs.TryNext(out var first))
        {
            return null;
        }

        var reader = new PayloadReader(first.Payload);
        var again = new RecordBytes();
        var engine = new Engine(EngineSettings.FromCanonical(reader.Text()), new NoGateway(), again);
        do
        {
            engine.Handle(first);
        }
        while (inputs.TryNext(out first));

        var live = Written.Span;
        var replayed = again.Span;
        var same = live.CommonPrefixLength(replayed);
        return same == live.Length && (_hasEndedEarly || same == replayed.Length)
            ? null
            : $"the replay of {engine.Totals.Records} inputs writes something else from byte {same} of {live.Length} on";
    }
}

/// <summary>Records one behind the other, in memory.</summary>
public sealed class RecordBytes : IRecordSink
{
    private byte[] _bytes = new byte[64 << 10];
    private int _size;
    private ulong _count;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _size);

    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var size = RecordFramer.RecordSize(payload.Length);
        if (_size + size > _bytes.Length)
        {
            Array.Resize(ref _bytes, 2 * (_size + size));
        }

        RecordFramer.Write(_bytes.AsSpan(_size), header, payload, ++_count);
        _size += size;
    }
}

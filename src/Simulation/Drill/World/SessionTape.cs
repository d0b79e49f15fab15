using Parallax.Journal.Framing;
using Parallax.Trading.Engine;

namespace Parallax.Simulation.Drill.World;

/// <summary>What one life of the program was told, and what its engine wrote: the one has to give the other again.</summary>
public sealed class SessionTape : IRecordSink, IDisposable
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
        using var again = new RecordBytes();
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

    public void Dispose()
    {
        _told.Dispose();
        Written.Dispose();
    }
}

/// <summary>Records one behind the other, in memory.</summary>
public sealed class RecordBytes : IRecordSink, IDisposable
{
    private readonly LentBytes _bytes = new();
    private ulong _count;

    public ReadOnlySpan<byte> Span => _bytes.Span;

    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload) =>
        RecordFramer.Write(_bytes.Add(RecordFramer.RecordSize(payload.Length)), header, payload, ++_count);

    public void Dispose() => _bytes.Dispose();
}

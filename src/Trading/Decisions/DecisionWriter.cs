using Parallax.Journal.Framing;

namespace Parallax.Trading.Decisions;

/// <summary>The engine's pen: stamps each decision with the time of the input that caused it and appends it to the journal.</summary>
/// <remarks>Engine thread only. Reuses one payload buffer.</remarks>
public sealed class DecisionWriter(IRecordSink journal)
{
    private readonly PayloadWriter _payload = new(1024);

    /// <summary>Received time of the input being handled, UTC nanoseconds; it never decreases.</summary>
    public long Now { get; set; }

    public long Written { get; private set; }

    public void Write<T>(in T decision, ushort subject = 0)
        where T : IDecision<T>
    {
        decision.Write(_payload.Restart());
        Append(new RecordHeader { Kind = (byte)T.Kind, Subject = subject, VenueTime = Now, ReceivedTime = Now }, _payload.Written);
    }

    /// <summary>Copies an input that belongs to the truth (an order event, a command, an instrument) into the journal as it came.</summary>
    public void Copy(Record input) => Copy(input.Header, input.Payload);

    /// <summary>As the other, for an input that was kept apart from its record.</summary>
    public void Copy(RecordHeader header, ReadOnlySpan<byte> payload)
    {
        header.ReceivedTime = Now;
        Append(header, payload);
    }

    private void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        journal.Append(header, payload);
        Written++;
    }
}

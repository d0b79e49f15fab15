using System.Globalization;
using Parallax.Domain;
using Parallax.Journal.Framing;

namespace Parallax.Trading.Reconciliation;

/// <summary>The session's clock was set: times before and after it cannot be subtracted. An input record (kind 79), kept for the audit.</summary>
/// <param name="ByNanos">Forward it stepped; negative: it goes slowly until the right time has come.</param>
public readonly record struct ClockSet(long ByNanos)
{
    public const byte RecordKind = RecordKinds.InputFirst + 15;

    /// <summary>One sentence for people, without a full stop.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"The session's clock was {(ByNanos >= 0 ? "behind and was put forward" : "ahead and goes slowly until the right time has come,")} by {Math.Abs(ByNanos) / UtcNanos.PerMillisecond} ms");

    public ReadOnlySpan<byte> Write(PayloadWriter writer) => writer.Restart().Int64(ByNanos).Written;

    /// <exception cref="MalformedRecordException">The record is no such report.</exception>
    public static ClockSet Read(Record record) => new(new PayloadReader(record.Payload).Int64());
}

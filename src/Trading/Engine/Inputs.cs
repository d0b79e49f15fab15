using Parallax.Journal.Framing;
using Parallax.Trading.Arming;

namespace Parallax.Trading.Engine;

/// <summary>Records that are neither market data nor order events but that the engine is told: on the tape of a session like all others.</summary>
public static class InputKind
{
    /// <summary>A deadline the engine set has come. No payload; the received time is the deadline's.</summary>
    public const byte Timer = RecordKinds.InputFirst + 1;

    /// <summary>An operator stops trading. Payload: an <see cref="OperatorCommand"/>.</summary>
    public const byte Kill = RecordKinds.InputFirst + 2;

    /// <summary>An operator lets trading go on. Payload: an <see cref="OperatorCommand"/>.</summary>
    public const byte Resume = RecordKinds.InputFirst + 3;

    /// <summary>
    /// The engine's settings, <see cref="EngineSettings.Canonical"/> as text: the first record of a session's tape, and what tells such a
    /// tape from a recorded market.
    /// </summary>
    public const byte Settings = RecordKinds.InputFirst + 4;

    /// <summary>The session is ending: open plans are finished, none is opened. No payload. Unlike a kill it ends with the session.</summary>
    public const byte Drain = RecordKinds.InputFirst + 5;

    /// <summary>An operator lets a live session send orders. Payload: an <see cref="ArmCommand"/>.</summary>
    public const byte Arm = ArmCommand.RecordKind;

    /// <summary>An operator takes that back. Payload: an <see cref="OperatorCommand"/>.</summary>
    public const byte Disarm = RecordKinds.InputFirst + 22;

    /// <summary>A command that was not obeyed, and why: it changes nothing and is kept for the audit. Payload: an <see cref="OperatorCommand"/>.</summary>
    public const byte CommandRefused = RecordKinds.InputFirst + 26;

    public static RecordHeader Header(byte kind, long timeNanos) => new() { Kind = kind, VenueTime = timeNanos, ReceivedTime = timeNanos };
}

/// <summary>What stands in a <see cref="InputKind.Kill"/> or <see cref="InputKind.Resume"/> record.</summary>
/// <param name="Reason">In the operator's words.</param>
/// <param name="Who">Who asked: <c>page</c>, <c>cli</c>, …; empty where nobody said.</param>
public readonly record struct OperatorCommand(string Reason, string Who)
{
    public ReadOnlySpan<byte> Write(PayloadWriter writer) => writer.Restart().Text(Reason).Text(Who).Written;

    /// <exception cref="MalformedRecordException">The payload is not a command.</exception>
    public static OperatorCommand Read(Record record)
    {
        var reader = new PayloadReader(record.Payload);
        var reason = reader.Text();
        return new OperatorCommand(reason, reader.HasMore ? reader.Text() : "");
    }
}

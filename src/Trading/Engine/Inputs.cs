using Parallax.Journal.Framing;

namespace Parallax.Trading.Engine;

/// <summary>Records that are neither market data nor order events but that the engine is told: on the tape of a session like all others.</summary>
public static class InputKind
{
    /// <summary>A deadline the engine set has come. No payload; the received time is the deadline's.</summary>
    public const byte Timer = RecordKinds.InputFirst + 1;

    /// <summary>An operator stops trading. Payload: the reason, text.</summary>
    public const byte Kill = RecordKinds.InputFirst + 2;

    /// <summary>An operator lets trading go on. Payload: the reason, text.</summary>
    public const byte Resume = RecordKinds.InputFirst + 3;

    public static RecordHeader Header(byte kind, long timeNanos) => new() { Kind = kind, VenueTime = timeNanos, ReceivedTime = timeNanos };
}

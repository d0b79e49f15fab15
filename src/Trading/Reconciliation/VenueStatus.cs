using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;

namespace Parallax.Trading.Reconciliation;

/// <summary>What a venue allows just now. The numbers stand on tapes: never reuse one.</summary>
public enum VenueCondition : byte
{
    Online = 1,
    CancelOnly = 2,
    PostOnly = 3,
    LimitOnly = 4,
    Maintenance = 5,

    /// <summary>We send it nothing more, whatever it allows.</summary>
    Halted = 6,
}

/// <summary>A venue's state changed, by its own word or by ours. An input record (kind 73).</summary>
/// <param name="Reason">Why it was halted, as a stable code: <c>key-revoked</c>, <c>nonce</c>, <c>banned</c>, <c>rate-limited</c>; empty otherwise.</param>
/// <param name="Text">For people, without secrets.</param>
public readonly record struct VenueStatus(VenueId Venue, VenueCondition Condition, string Reason, string Text)
{
    public const byte RecordKind = RecordKinds.InputFirst + 9;

    /// <summary>Whether an order that takes liquidity may be sent.</summary>
    public bool AllowsTaking => Condition is VenueCondition.Online or VenueCondition.LimitOnly;

    public RecordHeader Header(long venueTime, long receivedTime) =>
        new() { Kind = RecordKind, Flags = (byte)Condition, VenueTime = venueTime, ReceivedTime = receivedTime };

    public ReadOnlySpan<byte> Write(PayloadWriter writer) => writer.Restart().Text(Venue.Name).Text(Reason).Text(Text).Written;

    /// <exception cref="MalformedRecordException">The record is no venue status.</exception>
    public static VenueStatus Read(Record record)
    {
        var reader = new PayloadReader(record.Payload);
        var condition = (VenueCondition)record.Header.Flags;
        return Enum.IsDefined(condition)
            ? new VenueStatus(reader.Venue(), condition, reader.Text(), reader.Text())
            : throw new MalformedRecordException($"No venue condition has number {record.Header.Flags}.");
    }
}

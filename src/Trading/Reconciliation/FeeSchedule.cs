using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;

namespace Parallax.Trading.Reconciliation;

/// <summary>What a venue charges for taking from now on. An input record (kind 72): the next decision reckons with it.</summary>
/// <param name="Pair">Such as <c>BTC/USD</c>; empty for every pair of the venue that has no terms of its own.</param>
/// <param name="Terms">Rate, currency and rounding of the fee.</param>
public readonly record struct FeeSchedule(VenueId Venue, string Pair, FeeTerms Terms)
{
    public const byte RecordKind = RecordKinds.InputFirst + 8;

    public static RecordHeader Header(long venueTime, long receivedTime) => new() { Kind = RecordKind, VenueTime = venueTime, ReceivedTime = receivedTime };

    public ReadOnlySpan<byte> Write(PayloadWriter writer) => writer.Restart()
        .Text(Venue.Name).Text(Pair).Decimal(Terms.Rate).Byte((byte)Terms.Mode).Bool(Terms.Step.HasValue).Decimal(Terms.Step ?? 0m).Written;

    /// <exception cref="MalformedRecordException">The payload is no fee schedule.</exception>
    public static FeeSchedule Read(Record record)
    {
        var reader = new PayloadReader(record.Payload);
        var (venue, pair, rate, mode) = (reader.Venue(), reader.Text(), reader.Decimal(), (FeeMode)reader.Byte());
        var (hasStep, step) = (reader.Bool(), reader.Decimal());
        return Enum.IsDefined(mode)
            ? new FeeSchedule(venue, pair, new FeeTerms(rate, mode, hasStep ? step : null))
            : throw new MalformedRecordException($"No fee mode has number {(byte)mode}.");
    }
}

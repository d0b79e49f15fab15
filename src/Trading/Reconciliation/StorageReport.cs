using System.Globalization;
using Parallax.Journal.Framing;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Reconciliation;

/// <summary>The disk under journal and tape is full, or there is room again. Input records (kinds 87 and 88).</summary>
/// <param name="FreeBytes">What was free then.</param>
/// <param name="Text">For people: one sentence with the folder.</param>
public readonly record struct StorageReport(bool IsFull, long FreeBytes, string Text)
{
    public const byte FullKind = RecordKinds.InputFirst + 23;

    public const byte BackKind = RecordKinds.InputFirst + 24;

    /// <param name="folder">Whose disk it is.</param>
    public static StorageReport Of(bool isFull, long freeBytes, string folder)
    {
        var free = (freeBytes / 1_048_576m).ToString("0.0", CultureInfo.InvariantCulture);
        return new StorageReport(isFull, freeBytes, isFull
            ? $"The disk of {folder} is full, {free} MiB are free: no plan is opened until there is room"
            : $"The disk of {folder} has room again, {free} MiB are free");
    }

    public RecordHeader Header(long timeNanos) => new() { Kind = IsFull ? FullKind : BackKind, VenueTime = timeNanos, ReceivedTime = timeNanos };

    public ReadOnlySpan<byte> Write(PayloadWriter writer) => writer.Restart().Int64(FreeBytes).Text(Text).Written;

    /// <exception cref="MalformedRecordException">The record is no such report.</exception>
    public static StorageReport Read(Record record)
    {
        var reader = new PayloadReader(record.Payload);
        return new StorageReport(record.Header.Kind == FullKind, reader.Int64(), reader.Text());
    }
}

/// <summary>Whether journal and tape have room: while they have none, nothing is begun, because what cannot be kept must not be done.</summary>
/// <remarks>Engine thread only. A session that is told nothing has room.</remarks>
public sealed class StorageStanding
{
    /// <summary>What was told last.</summary>
    public StorageReport Last { get; private set; }

    public bool IsFull => Last.IsFull;

    internal void Take(StorageReport report) => Last = report;

    internal bool Refuses(out Refused refused)
    {
        refused = new Refused(RefusalReason.StorageFull, Last.FreeBytes, 0m);
        return IsFull;
    }
}

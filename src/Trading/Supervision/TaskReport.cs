using System.Globalization;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;

namespace Parallax.Trading.Supervision;

/// <summary>How a supervised task does. The numbers stand on tapes: never reuse one.</summary>
public enum TaskState : byte
{
    /// <summary>It runs again.</summary>
    Running = 1,

    /// <summary>It threw, and is started again after a pause.</summary>
    Failed = 2,

    /// <summary>It threw too often and stays stopped: starting the program again is the way back.</summary>
    Stopped = 3,
}

/// <summary>A task of the session failed, runs again, or stays stopped. An input record (kind 78).</summary>
/// <param name="Venue">The venue that cannot be traded without it; <see langword="null"/> for a task of which no order depends.</param>
/// <param name="Task">Its name: <c>feed</c>.</param>
/// <param name="Failures">Of the last hour.</param>
/// <param name="Why">What it threw, for people, without secrets; empty when it runs again.</param>
public readonly record struct TaskReport(VenueId? Venue, string Task, TaskState State, int Failures, string Why)
{
    public const byte RecordKind = RecordKinds.InputFirst + 14;

    /// <summary>One sentence for people, without a full stop.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Owner}{Task} {State switch
    {
        TaskState.Running => "runs again",
        TaskState.Failed => $"failed and is started again: {Why}",
        _ => $"failed {Failures} times and stays stopped until the program is started again: {Why}",
    }}");

    private string Owner => Venue is { } venue ? $"{venue} " : "";

    public ReadOnlySpan<byte> Write(PayloadWriter writer) =>
        writer.Restart().Text(Venue?.Name ?? "").Text(Task).Byte((byte)State).Int32(Failures).Text(Why).Written;

    /// <exception cref="MalformedRecordException">The record is no such report.</exception>
    public static TaskReport Read(Record record)
    {
        var reader = new PayloadReader(record.Payload);
        var report = new TaskReport(reader.VenueOrNone(), reader.Text(), (TaskState)reader.Byte(), reader.Int32(), reader.Text());
        return Enum.IsDefined(report.State) ? report : throw new MalformedRecordException($"No task state has number {(byte)report.State}.");
    }
}

using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;

namespace Parallax.Trading.Engine;

/// <summary>An operator's change of settings was to last beyond the session: it stands in the settings file now, or why not. An input record (kind 84).</summary>
/// <remarks>It changes nothing and is kept for the audit; what holds in the session is <see cref="SettingsChange"/>'s business.</remarks>
/// <param name="Version">In force in the session.</param>
/// <param name="File">As its user named it; empty where there is none.</param>
/// <param name="Why">Why it was not written; empty when it was.</param>
/// <param name="Changes">What stood there and what does now, or should; keys as in the file, an empty text where there was nothing.</param>
public readonly record struct SettingsWritten(
    long Version, bool IsWritten, string File, string Why, OperatorCommand Command, IReadOnlyList<ChangedSetting> Changes)
{
    public const byte RecordKind = RecordKinds.InputFirst + 20;

    public ReadOnlySpan<byte> Write(PayloadWriter writer)
    {
        writer.Restart().Int64(Version).Bool(IsWritten).Text(File).Text(Why).Text(Command.Reason).Text(Command.Who).UInt16(checked((ushort)Changes.Count));
        foreach (var (key, before, after) in Changes)
        {
            writer.Text(key).Text(before).Text(after);
        }

        return writer.Written;
    }

    /// <exception cref="MalformedRecordException">The payload is no such note.</exception>
    public static SettingsWritten Read(Record record)
    {
        var reader = new PayloadReader(record.Payload);
        var note = new SettingsWritten(reader.Int64(), reader.Bool(), reader.Text(), reader.Text(), new OperatorCommand(reader.Text(), reader.Text()), []);
        var changes = new List<ChangedSetting>();
        for (var left = reader.UInt16(); left > 0; left--)
        {
            changes.Add(new ChangedSetting(reader.Text(), reader.Text(), reader.Text()));
        }

        return note with { Changes = changes };
    }
}

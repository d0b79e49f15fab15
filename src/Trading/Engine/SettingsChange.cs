using Parallax.Journal.Framing;

namespace Parallax.Trading.Engine;

/// <summary>An operator changes settings of a session that runs. An input record (kind 83).</summary>
/// <param name="Version">The settings that the operator looked at; a change of any other is kept out.</param>
/// <param name="Values">Lines of <see cref="EngineSettings.Canonical"/>, limits and execution only; an empty value is the usual one, or of a list the empty one.</param>
public readonly record struct SettingsChange(long Version, IReadOnlyList<KeyValuePair<string, string>> Values, OperatorCommand Command)
{
    public const byte RecordKind = RecordKinds.InputFirst + 19;

    public ReadOnlySpan<byte> Write(PayloadWriter writer)
    {
        writer.Restart().Int64(Version).Text(Command.Reason).Text(Command.Who).UInt16(checked((ushort)Values.Count));
        foreach (var (key, value) in Values)
        {
            writer.Text(key).Text(value);
        }

        return writer.Written;
    }

    /// <exception cref="MalformedRecordException">The payload is no such change.</exception>
    public static SettingsChange Read(Record record)
    {
        var reader = new PayloadReader(record.Payload);
        var change = new SettingsChange(reader.Int64(), [], new OperatorCommand(reader.Text(), reader.Text()));
        var values = new List<KeyValuePair<string, string>>();
        for (var left = reader.UInt16(); left > 0; left--)
        {
            values.Add(new KeyValuePair<string, string>(reader.Text(), reader.Text()));
        }

        return change with { Values = values };
    }
}

using Parallax.Journal.Framing;

namespace Parallax.Trading.Decisions;

/// <summary>One line of the settings before and after a change; empty where it was or is its usual value.</summary>
public readonly record struct ChangedSetting(string Key, string Before, string After);

/// <summary>An operator changed settings while the session runs. They hold from the next decision on; plans that are open keep theirs.</summary>
/// <param name="Version">From now on; 1 are those that the session began with.</param>
/// <param name="Who">Who asked: <c>page</c>, <c>cli</c>, <c>api</c>.</param>
/// <param name="Reason">In the operator's words.</param>
public readonly record struct SettingsChanged(long Version, string Who, string Reason, ReadOnlyMemory<ChangedSetting> Changes) : IDecision<SettingsChanged>
{
    public static DecisionKind Kind => DecisionKind.SettingsChanged;

    public void Write(PayloadWriter writer)
    {
        writer.Int64(Version).Text(Who).Text(Reason).UInt16(checked((ushort)Changes.Length));
        foreach (var change in Changes.Span)
        {
            writer.Text(change.Key).Text(change.Before).Text(change.After);
        }
    }

    public static SettingsChanged Read(ref PayloadReader reader)
    {
        var changed = new SettingsChanged(reader.Int64(), reader.Text(), reader.Text(), default);
        var changes = new List<ChangedSetting>();
        for (var left = reader.UInt16(); left > 0; left--)
        {
            changes.Add(new ChangedSetting(reader.Text(), reader.Text(), reader.Text()));
        }

        return changed with { Changes = changes.ToArray() };
    }
}

/// <summary>A change of settings came and nothing of it was taken.</summary>
/// <param name="Asked">The version that the operator looked at.</param>
/// <param name="Version">The one in force, before and after.</param>
public readonly record struct SettingsKept(long Asked, long Version, string Who, string Reason, string Why) : IDecision<SettingsKept>
{
    public static DecisionKind Kind => DecisionKind.SettingsKept;

    public void Write(PayloadWriter writer) => writer.Int64(Asked).Int64(Version).Text(Who).Text(Reason).Text(Why);

    public static SettingsKept Read(ref PayloadReader reader) => new(reader.Int64(), reader.Int64(), reader.Text(), reader.Text(), reader.Text());
}

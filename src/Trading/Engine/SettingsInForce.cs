using Parallax.Trading.Decisions;

namespace Parallax.Trading.Engine;

/// <summary>The settings as they are now. They change between two records, as a whole or not at all, and the journal says from what to what.</summary>
internal sealed class SettingsInForce(EngineSettings first, DecisionWriter journal)
{
    public EngineSettings Now { get; private set; } = first;

    /// <summary>1 for those that the session began with, one more with each change.</summary>
    public long Version { get; private set; } = 1;

    /// <returns>False when they stay as they are: others changed them since, or they would not be sound.</returns>
    public bool TryChange(in SettingsChange change)
    {
        if (change.Version != Version)
        {
            journal.Write(new SettingsKept(change.Version, Version, change.Command.Who, change.Command.Reason, "they were changed since"));
            return false;
        }

        EngineSettings next;
        try
        {
            next = Now.Changed(change.Values);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            journal.Write(new SettingsKept(change.Version, Version, change.Command.Who, change.Command.Reason, wrong.Message));
            return false;
        }

        var changed = Now.DifferencesTo(next);
        Now = next;
        journal.Write(new SettingsChanged(++Version, change.Command.Who, change.Command.Reason, changed));
        return true;
    }
}

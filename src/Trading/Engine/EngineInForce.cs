namespace Parallax.Trading.Engine;

/// <content>The settings that hold now, and what follows a change of them.</content>
public sealed partial class Engine
{
    private readonly SettingsInForce _inForce;
    private bool _looksAtResiduals;

    /// <summary>Those in force now.</summary>
    public EngineSettings Settings => _inForce.Now;

    /// <summary>1 for the settings that the session began with, one more with each change.</summary>
    public long SettingsVersion => _inForce.Version;

    private void OnSettings(in SettingsChange change)
    {
        if (!_inForce.TryChange(change))
        {
            return;
        }

        Risk.Change(Settings.Limits);
        Executor.Change(Settings.Execution);
        _desk?.OnSettings(Settings);
        if (HasBegun && !_looksAtResiduals)
        {
            LookAtResiduals();
        }
    }

    /// <summary>A residual goes home when its book pays for it; a timer runs only while settings say so.</summary>
    private void LookAtResiduals()
    {
        _looksAtResiduals = Settings.Execution.ResidualLookNanos > 0;
        if (!_looksAtResiduals)
        {
            return;
        }

        if (!IsKilled && MaySend && Reconciler.Drifts.Count == 0 && !Store.IsBehind && !Storage.IsFull && Tasks.AreVenuesServed)
        {
            Executor.WorkOffWhatPays();
        }

        Deadlines.Set(_journal.Now + Settings.Execution.ResidualLookNanos, 0, ResidualToken);
    }
}

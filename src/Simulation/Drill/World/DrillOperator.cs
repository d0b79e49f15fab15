using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Arming;
using Parallax.Trading.Engine;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Risk;

namespace Parallax.Simulation.Drill.World;

/// <summary>The person at the desk: stops trading, lets it go on, arms sessions, and looks after what only a person may decide.</summary>
/// <remarks>Whoever finds no program that could have taken a command comes back.</remarks>
public sealed class DrillOperator(DrillWorld world)
{
    private const long ArmAfterNanos = 50 * UtcNanos.PerMillisecond, LookEveryNanos = UtcNanos.PerSecond / 2;
    private const decimal ArmLossMax = 1_000_000m;

    private readonly PayloadWriter _payload = new();
    private int _kills;

    /// <summary>Trading is stopped.</summary>
    public bool HasKilled { get; private set; }

    /// <summary>The kill found no program: a file waits for the next one.</summary>
    public bool HasKillFile { get; private set; }

    /// <summary>Halts that were looked at and lifted, of those that the journal tells.</summary>
    public int HaltsLifted { get; private set; }

    public void Kill(string reason)
    {
        HasKilled = true;
        _kills++;
        world.Story.Say("operator", $"kill: {reason}");
        if (world.Process is { IsAlive: true } process)
        {
            process.Command(InputKind.Kill, new OperatorCommand(reason, "drill").Write(_payload), isTaken => HasKillFile = HasKilled && !isTaken);
        }
        else
        {
            HasKillFile = true;
        }
    }

    /// <summary>Lets trading go on; a kill that comes while nobody has taken this is the later word, and wins.</summary>
    public void Resume(string reason)
    {
        var kills = _kills;
        // From this word on trading may go on: a program that dies over it may have it on its disk and nobody hears of it.
        (HasKilled, HaltsLifted) = (false, world.Told.Halts.Count);
        Insist(
            "resume",
            InputKind.Resume,
            () => new OperatorCommand(reason, "drill").Write(_payload).ToArray(),
            () => (HasKillFile, HaltsLifted) = (HasKillFile && _kills != kills, world.Told.Halts.Count),
            () => _kills == kills);
    }

    /// <summary>Lets the session send orders, if it needs to be let.</summary>
    public void Arm() => Insist("arm", InputKind.Arm, () =>
        new ArmCommand(world.Clock.GetUtcNow().ToUnixTimeMilliseconds() * UtcNanos.PerMillisecond + (3_600 * UtcNanos.PerSecond), ArmLossMax, "drill", "drill")
            .Write(_payload).ToArray());

    /// <summary>Accepts the losses so far.</summary>
    public void AcceptLosses() => Insist("reset", RiskInput.Reset, () => new OperatorCommand("accepted", "drill").Write(_payload).ToArray());

    /// <summary>From now on takes the venue's word for every balance that differs, and lets trading go on that the engine stopped for it.</summary>
    public void WatchBalances()
    {
        if (world.Process is { IsAlive: true, Engine.Reconciler.Drifts: { Count: > 0 } drifts } process)
        {
            foreach (var drift in drifts.ToArray())
            {
                world.Story.Say("operator", $"accepts the venue's word: {drift.Drift} {drift.Holding.Asset}");
                process.Command(BalanceAcceptance.RecordKind, new BalanceAcceptance(drift.Holding, new OperatorCommand("looked at", "drill")).Write(_payload).ToArray());
            }
        }

        if (!HasKilled && world.Process is { IsAlive: true, Engine: { IsKilled: true, Reconciler.Drifts.Count: 0 } killed }
            && killed.KillReason!.StartsWith("balance-drift", StringComparison.Ordinal))
        {
            Resume("the balances agree");
        }

        world.Agenda.After(LookEveryNanos, WatchBalances);
    }

    /// <summary>From now on lets trading go on that the engine stopped by itself for a balance, once that agrees again.</summary>
    public void WatchTrips()
    {
        if (!HasKilled && world.Process is { IsAlive: true, Engine: { IsKilled: true, Reconciler.Drifts.Count: 0 } })
        {
            Resume("the balances agree");
        }

        world.Agenda.After(LookEveryNanos, WatchTrips);
    }

    /// <summary>From now on brings home what plans have left behind.</summary>
    public void WatchResiduals()
    {
        if (!HasKilled && world.Process is { IsAlive: true, Engine: { HasBegun: true, IsDraining: false } engine } process)
        {
            foreach (var residual in engine.Executor.Residuals.Open.ToArray())
            {
                process.Command(ResidualCommand.RecordKind, new ResidualCommand(residual.Number, ResidualWish.WorkOff, new OperatorCommand("home", "drill")).Write(_payload).ToArray());
            }
        }

        world.Agenda.After(LookEveryNanos, WatchResiduals);
    }

    /// <summary>What was wrong is mended: the program is started again, because it does not believe so by itself.</summary>
    public void Restart(string why) => world.Machine.Crash(losesPower: false, $"an operator starts it again {why}");

    /// <summary>A session has begun.</summary>
    internal void OnStarted()
    {
        if (world.Terms.NeedsArming && world.Process is { } process)
        {
            world.Agenda.After(ArmAfterNanos, () => LookAtArming(process));
        }
    }

    /// <summary>A session begins disarmed, and stays so where it was armed while it was stopped.</summary>
    private void LookAtArming(DrillProcess process)
    {
        if (process.IsAlive)
        {
            if (!HasKilled && process.Engine.IsKilled)
            {
                // A halt that the restart made a kill: without somebody who looks at it, what an earlier session left would wait for ever.
                Resume("looked at");
            }
            else if (!HasKilled && !process.Engine.Arming.IsArmed)
            {
                Arm();
            }

            world.Agenda.After(LookEveryNanos, () => LookAtArming(process));
        }
    }

    private void Insist(string what, byte kind, Func<byte[]> payload, Action? taken = null, Func<bool>? isStillWanted = null)
    {
        world.Story.Say("operator", what);
        if (world.Process is { IsAlive: true } process)
        {
            process.Command(kind, payload(), End);
        }
        else
        {
            End(isTaken: false);
        }

        void Retry()
        {
            if (isStillWanted?.Invoke() != false)
            {
                Insist(what, kind, payload, taken, isStillWanted);
            }
        }

        void End(bool isTaken)
        {
            if (isTaken)
            {
                taken?.Invoke();
            }
            else
            {
                world.Agenda.After(world.Terms.RestartPauseNanos, Retry);
            }
        }
    }
}

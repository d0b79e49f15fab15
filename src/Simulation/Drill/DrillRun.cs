using Parallax.Domain;
using Parallax.Simulation.Drill.Invariants;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Engine;
using Parallax.Trading.Risk;

namespace Parallax.Simulation.Drill;

/// <summary>One seed from the first step to the last: chaos, recovery, an orderly end, and the books compared.</summary>
public sealed class DrillRun : IDisposable
{
    /// <summary>For what is open when trading has proved to go on.</summary>
    private const long FarewellNanos = 20 * UtcNanos.PerSecond;

    private readonly DrillPlan _plan;
    private readonly DrillWorld _world;
    private readonly long _calmTime;

    private DrillRun(DrillPlan plan, bool keepsStory)
    {
        _plan = plan;
        _world = new DrillWorld(plan.Terms, plan.Seed, plan.Faults(), keepsStory);
        _calmTime = plan.Terms.StartTime + plan.Terms.ChaosNanos;
    }

    public static DrillResult Of(DrillPlan plan, bool keepsStory = false)
    {
        using var run = new DrillRun(plan, keepsStory);
        run.Go();
        var world = run._world;
        return new DrillResult(plan, world.Breach, world.Agenda.Steps, world.Told.Plans.Count, (world.Told.Simultaneous, world.Told.Hybrid), world.SentTimes.Count, world.Machine.Starts, world.Story.Lines);
    }

    public void Dispose() => _world.Dispose();

    private void Go()
    {
        try
        {
            _world.Machine.Start();
            if (StepsUntil(_calmTime) && Recovers() && Leaves() && Watch.AtTheEnd(_world) is { } breach)
            {
                _world.Break(breach.Invariant, breach.What);
            }
        }
        catch (Exception wrong) when (wrong is not OutOfMemoryException)
        {
            // Whatever escapes the engine is a fault of it: the drill reports it like any other.
            _world.Break("no-exception", $"{wrong.GetType().Name}: {wrong.Message} {wrong.StackTrace}");
        }

        _world.Process?.Kill();
    }

    private bool StepsUntil(long time)
    {
        while (_world.Agenda.NextTime <= time)
        {
            if (!_world.Step())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The faults are over: within the stated time every order is known, every plan of the chaos has ended, and another has begun and ended.</summary>
    private bool Recovers()
    {
        _world.IsCalm = true;
        _world.Story.Say("drill", "nothing goes wrong any more");
        _world.Operator.WatchResiduals();
        var plans = _world.Told.Plans.Count;
        var end = _calmTime + _plan.Terms.RecoveryNanosMax;
        while (_world.Agenda.NextTime <= end)
        {
            if (!_world.Step())
            {
                return false;
            }

            if (IsRightlyHalted() || (_world.Told.Plans.Count > plans && _world.Told.Plans.Last().Value.Closed is not null))
            {
                return true;
            }
        }

        _world.Break("trading-resumes", $"{_plan.Terms.RecoveryNanosMax / UtcNanos.PerSecond} s after the last fault {Standstill()}");
        return false;
    }

    /// <summary>The session ends in order: what is open is finished, nothing is opened.</summary>
    private bool Leaves()
    {
        _world.Process?.Take(InputKind.Header(InputKind.Drain, 0), []);
        var end = _world.Agenda.Now + FarewellNanos;
        var comparisons = _world.Told.Comparisons;
        while (_world.Agenda.NextTime <= end)
        {
            if (!_world.Step())
            {
                return false;
            }

            if (_world.Engine is { Executor.OpenCount: 0 } && !_world.HasMessagesUnderWay && _world.Told.Comparisons > comparisons && _world.Conditions.Drifts == 0)
            {
                break;
            }
        }

        _world.Process?.FlushNow();
        return true;
    }

    /// <summary>Over restarts a halt is a kill, until an operator lifts it; losses near their limit let nothing be opened either.</summary>
    private bool IsRightlyHalted() =>
        _world.Engine is { } engine
        && (engine.Executor.HaltReason is not null || (engine.IsKilled && _world.Told.Halts.Count > 0) || _world.Conditions.Level >= RiskLevel.Restricted)
        && _world.Faults.Any(fault => fault.MayHalt);

    private string Standstill() => _world.Process is null ? "no program runs"
        : _world.Engine!.Executor.HaltReason is { } halt ? $"trading is halted: {halt}"
        : _world.Engine.Executor.OpenCount > 0 ? $"{_world.Engine.Executor.OpenCount} plans are open"
        : $"no plan was made; refused: {string.Join(", ", _world.Engine.Totals.Refused.Select(refused => $"{refused.Key} {refused.Value}"))}";
}

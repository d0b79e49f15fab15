using Parallax.Journal.Files;
using Parallax.Trading.Engine;

namespace Parallax.Simulation.Drill.World;

/// <summary>The machine on which the program runs: it starts it, dies under it, and starts it again.</summary>
public sealed class DrillMachine(DrillWorld world) : IDisposable
{
    private readonly List<SessionTape> _tapes = [];

    /// <summary>The program while it runs.</summary>
    public DrillProcess? Process { get; private set; }

    /// <summary>The engine of the program that runs, or of the last one that did.</summary>
    public Engine? Engine { get; private set; }

    /// <summary>How often the program was started.</summary>
    public int Starts { get; private set; }

    /// <summary>Of every life of the program, where replays are compared.</summary>
    public IReadOnlyList<SessionTape> Tapes => _tapes;

    /// <summary>Starts the program; where the disk does not let it, tries again after a pause.</summary>
    public void Start()
    {
        if (Process is not null)
        {
            return;
        }

        try
        {
            Starts++;
            world.Conditions.BeginSession();
            Process = new DrillProcess(world);
            if (Process.Tape is { } tape)
            {
                _tapes.Add(tape);
            }

            Engine = Process.Engine;
            world.Story.Say("program", $"session {Starts} begins");
            Process.Begin();
            world.Operator.OnStarted();
        }
        catch (UnwritableFileException full)
        {
            world.Story.Say("program", $"cannot begin: {full.Message}");
            Process = null;
            world.Agenda.After(world.Terms.RestartPauseNanos, Start);
        }
    }

    /// <summary>Ends the program at once, as the kernel or the power does.</summary>
    public void Crash(bool losesPower, string why)
    {
        if (Process is not { } process)
        {
            return;
        }

        world.Story.Say("program", $"dies: {why}{(losesPower ? ", and the power goes" : "")}");
        process.Kill();
        process.Tape?.EndEarly();
        Process = null;
        world.Exchange.Gateway = null;
        world.Feed.Process = null;
        if (losesPower)
        {
            world.Disk.LosePower();
        }

        world.Told.Reread(world.Disk.Bytes.Span);
        world.Conditions.Reread(world.Disk.Bytes.Span);
        world.Durable.CutTo(world.Disk.DurableSize);
        world.Agenda.After(world.Terms.RestartPauseNanos, Start);
        world.IsTouched = true;
    }

    /// <inheritdoc cref="DrillWorld.Dispose"/>
    public void Dispose()
    {
        foreach (var tape in _tapes)
        {
            tape.Dispose();
        }
    }

    /// <summary>The program could not go on.</summary>
    internal void OnEnded(DrillProcess process, Exception wrong)
    {
        // One that died while it waited may have been followed by another by now.
        if (process == Process)
        {
            Crash(wrong is CrashException && world.CrashPoints.LosesPower, wrong.Message);
            world.CrashPoints.LosesPower = false;
        }
    }
}

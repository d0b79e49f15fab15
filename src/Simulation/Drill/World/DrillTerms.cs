using Parallax.Domain;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Risk;

namespace Parallax.Simulation.Drill.World;

/// <summary>The measures of a small world. Times in nanoseconds.</summary>
public sealed record DrillTerms
{
    /// <summary>2026-01-01T00:00:00Z.</summary>
    public long StartTime { get; init; } = 1_767_225_600 * UtcNanos.PerSecond;

    /// <summary>How long things go wrong. Default six seconds.</summary>
    public long ChaosNanos { get; init; } = 6 * UtcNanos.PerSecond;

    /// <summary>After the last fault: by then every order is known, every plan ended and trading goes on. Default a minute.</summary>
    public long RecoveryNanosMax { get; init; } = 60 * UtcNanos.PerSecond;

    /// <summary>Between two changes of the market. Default 30 ms.</summary>
    public long BeatNanos { get; init; } = 30 * UtcNanos.PerMillisecond;

    /// <summary>Mean pause between two mispricings; zero for a market that has none of its own. Default 0.4 s.</summary>
    public long MispricingPauseNanos { get; init; } = 400 * UtcNanos.PerMillisecond;

    /// <summary>From the venue to us, or back. Default 4 ms.</summary>
    public long LatencyNanos { get; init; } = 4 * UtcNanos.PerMillisecond;

    /// <summary>How long the gateway waits for an answer before it calls an outcome unknown, and how long the venue may still take the order. Default one second.</summary>
    public long DeadlineNanos { get; init; } = UtcNanos.PerSecond;

    /// <summary>How often the account is compared while the program runs. Default one second.</summary>
    public long SurveyEveryNanos { get; init; } = UtcNanos.PerSecond;

    /// <summary>Until the account is asked for again when it could not be compared. Default 0.5 s.</summary>
    public long SurveyPauseNanos { get; init; } = UtcNanos.PerSecond / 2;

    /// <summary>From the end of a process to its next start. Default 0.3 s.</summary>
    public long RestartPauseNanos { get; init; } = 300 * UtcNanos.PerMillisecond;

    /// <summary>Whether an operator has to arm each session before it sends anything.</summary>
    public bool NeedsArming { get; init; }

    /// <summary>What a kill does with plans that run.</summary>
    public KillPolicy KillPolicy { get; init; }

    /// <summary>Whether legs may be sent together where the inventory covers them.</summary>
    public PolicyChoosing PolicyChoosing { get; init; }

    /// <summary>What is owned at the start besides <see cref="Capital"/>.</summary>
    public IReadOnlyDictionary<Asset, decimal> Inventory { get; init; } = new Dictionary<Asset, decimal>();

    /// <summary>Whether each life of the program is replayed from its inputs in the end, and compared.</summary>
    public bool ChecksTape { get; init; }

    /// <summary>How long the database may be behind the journal before no plan is opened. Default one second.</summary>
    public long StoreLagNanosMax { get; init; } = UtcNanos.PerSecond;

    public RiskLimits Limits { get; init; } = DrillLimits.Default;

    /// <summary>What is owned at the venue at the start, USD.</summary>
    public decimal Capital { get; init; } = 10_000m;

    /// <summary>Settings of the program, as an operator would give them.</summary>
    /// <param name="fees">What it believes it is charged.</param>
    public EngineSettings Settings(int session, FeeTerms fees) => new()
    {
        Mode = "drill",
        Session = session,
        // What is owned is the venue's to say.
        Capital = new Dictionary<Asset, decimal>(),
        Reconciles = true,
        Execution = new ExecutionSettings
        {
            SurveyEveryNanos = SurveyEveryNanos,
            SurveyPauseNanos = SurveyPauseNanos,
            KillPolicy = KillPolicy,
            PolicyChoosing = PolicyChoosing,
        },
        NeedsArming = NeedsArming,
        StartAssets = [DrillListings.Usd],
        Fees = new FeeTable(fees),
        Limits = Limits,
    };
}

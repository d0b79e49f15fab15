using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Tapes;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Engine.Live;

/// <summary>What an engine thread works with. It owns journal and tape from its start on, and closes both.</summary>
public sealed record EngineWork
{
    public required Engine Engine { get; init; }

    /// <summary>Those the engine was made with: the first record of the tape.</summary>
    public required EngineSettings Settings { get; init; }

    /// <summary>The one the engine writes to.</summary>
    public required SessionJournal Journal { get; init; }

    /// <summary>Everything the engine is told; <see langword="null"/> when nobody wants to replay the session.</summary>
    public TapeWriter? Tape { get; init; }

    /// <summary>What acts between records; <see langword="null"/> where orders go to a real venue.</summary>
    public IBetweenRecords? Between { get; init; }

    /// <summary>The gateway that the engine was made with, when it may hold orders back: what it says of them is told to the engine.</summary>
    public IntentFirst? Sending { get; init; }

    /// <summary>The one the engine was made with; asked here for books that stay crossed.</summary>
    public IFeedRepair? Repair { get; init; }

    /// <summary>What is measured from frame to order; <see langword="null"/> where nobody looks.</summary>
    public OrderStages? Stages { get; init; }

    /// <summary>An operator's kill of an earlier session that was never lifted: trading starts stopped.</summary>
    public OperatorCommand? StillKilled { get; init; }

    /// <summary>What earlier sessions left of losses, breakers and residuals; null when there is nothing. A restart lifts nothing (E4).</summary>
    public Risk.RiskMemory? Risk { get; init; }

    /// <summary>What earlier sessions left open: on the tape behind the settings.</summary>
    public IReadOnlyList<Opening> Openings { get; init; } = [];

    /// <summary>Called on the engine thread every <see cref="LookEvery"/> and once more at the end, with the time of the call.</summary>
    public Action<Engine, long>? Look { get; init; }

    public TimeSpan LookEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a book may stay crossed or locked before it is asked for afresh.</summary>
    public TimeSpan CrossedMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How far operator commands are flushed before they are acknowledged.</summary>
    public FlushPolicy Flush { get; init; } = FlushPolicy.Os;
}

/// <summary>How a session ended.</summary>
/// <param name="SessionHash">Of this session's journal records alone: what a replay of its tape comes to. Null after a fault.</param>
/// <param name="Fault">What stopped it, for people; null when it ended in order.</param>
/// <param name="Cause">Null when it ended in order.</param>
public sealed record SessionEnd(string? SessionHash, string? Fault, Exception? Cause);

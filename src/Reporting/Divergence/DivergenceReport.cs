using Parallax.Domain;

namespace Parallax.Reporting.Divergence;

/// <summary>One record of one side, in words.</summary>
/// <param name="Sequence">In its journal; the replay counts from 1.</param>
/// <param name="Time">UTC nanoseconds.</param>
public sealed record ToldRecord(ulong Sequence, long Time, string Name, string Line);

/// <summary>The first place at which the two sides tell different things.</summary>
/// <param name="Record">Counted from 1 in the session.</param>
/// <param name="Live">Null when the session tells nothing any more.</param>
/// <param name="Replay">Null when the replay tells nothing any more.</param>
public sealed record FirstDifference(long Record, ToldRecord? Live, ToldRecord? Replay);

/// <summary>How many records of a kind each side holds, and how many of them have no equal on the other.</summary>
public sealed record KindCount(string Name, long Live, long Replay, long OnlyLive, long OnlyReplay);

/// <summary>What each side earned in plans that ended, by start asset.</summary>
public sealed record PnlComparison(Asset Asset, decimal Live, decimal Replay);

/// <summary>A session's journal beside the replay of its tape.</summary>
/// <param name="Records">That the session wrote, as far as the tape reaches.</param>
/// <param name="First">Null when both sides are the same to the byte.</param>
/// <param name="Kinds">Every kind either side holds, by name.</param>
/// <param name="Plans">How many the session opened.</param>
/// <param name="PlanDifferences">By plan; empty when no plan's figures differ.</param>
public sealed record DivergenceReport(
    SessionSpan Session,
    long Records,
    FirstDifference? First,
    IReadOnlyList<KindCount> Kinds,
    int Plans,
    IReadOnlyList<PlanDifference> PlanDifferences,
    IReadOnlyList<PnlComparison> Pnl)
{
    public bool IsSame => First is null;
}

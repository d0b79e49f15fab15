using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Reporting.Divergence;

/// <summary>One order of a plan as one side tells it.</summary>
/// <param name="Answer">From the intent to the venue's first answer, nanoseconds; null without one.</param>
/// <param name="Quantity">What was filled, base.</param>
/// <param name="Price">Average of the fills, quote per base; null without one.</param>
public sealed record OrderFigures(ClientOrderId Id, int Leg, string Pair, long? Answer, decimal Quantity, decimal? Price);

/// <summary>One plan as one side tells it: the figures in which a replay can differ from the session.</summary>
/// <param name="Expected">Start asset.</param>
/// <param name="Realised">Start asset; null while the plan has not ended.</param>
/// <param name="Duration">Nanoseconds; null while the plan has not ended.</param>
public sealed record PlanFigures(
    int Plan, string Cycle, Asset StartAsset, decimal Expected, PlanOutcome? Outcome, decimal? Realised, long? Duration, IReadOnlyList<OrderFigures> Orders);

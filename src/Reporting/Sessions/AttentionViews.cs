using Parallax.Domain;
using Parallax.Trading.Risk;

namespace Parallax.Reporting.Sessions;

/// <summary>Something that a plan left behind and that nothing has taken home yet.</summary>
/// <param name="Number">Its own among those that are listed; once none is, numbers begin at 1 again in the next session; what an operator names it by.</param>
/// <param name="StartAsset">What cost, mark and worth are in.</param>
/// <param name="Cost">What the plan was out of pocket when it left this behind.</param>
/// <param name="Mark">What its book would have paid then; null where none took it.</param>
/// <param name="Worth">At the best price now; null while no live market joins the two.</param>
/// <param name="Session">That declared it.</param>
/// <param name="DeclaredTime">UTC nanoseconds.</param>
public sealed record ResidualView(
    int Number, Asset Asset, VenueId Venue, decimal Amount, Asset StartAsset, decimal Cost, decimal? Mark, decimal? Worth, int Session, int Plan, long DeclaredTime);

/// <summary>A balance on which a venue and the ledger disagree: no plan is opened until they agree again or an operator takes the venue's word.</summary>
/// <param name="Ledger">Ours.</param>
/// <param name="AtVenue">Theirs, when it was last asked.</param>
/// <param name="Tolerance">A smaller difference is none.</param>
public sealed record BalanceDriftView(Asset Asset, VenueId Venue, decimal Ledger, decimal AtVenue, decimal Tolerance);

/// <summary>How long a venue takes to answer an order, as scores reckon with it.</summary>
/// <param name="Nanos">Nine of ten of the last orders took no longer; assumed while it is not measured.</param>
/// <param name="Answers">Orders it has answered in this session.</param>
/// <param name="AnswersMin">From so many on it is measured.</param>
public sealed record AnswerTimeView(VenueId Venue, long Nanos, bool IsMeasured, int Answers, int AnswersMin);

/// <summary>One circuit breaker as it stands now. Times are UTC nanoseconds, durations nanoseconds.</summary>
/// <param name="Name"><c>global</c>, <c>strategy:cycles</c>, <c>venue:kraken</c>.</param>
/// <param name="TrippedBy">What opened it last: <c>consecutive</c>, <c>error-rate</c>, <c>probe</c>, <c>plan-loss</c>, <c>manual</c>; empty before.</param>
/// <param name="FailuresInRow">While it is closed.</param>
/// <param name="UntilTime">When an open one admits a probe; null while it is not open.</param>
/// <param name="PauseNanos">How long the last or the next opening lasts.</param>
public sealed record BreakerView(string Name, BreakerState State, string TrippedBy, int FailuresInRow, int FailuresMax, long? UntilTime, long PauseNanos);

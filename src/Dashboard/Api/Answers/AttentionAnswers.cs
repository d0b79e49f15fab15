using Parallax.Domain;
using Parallax.Reporting.Sessions;
using Parallax.Storage.Queries;
using Parallax.Trading.Risk;

namespace Parallax.Dashboard.Api.Answers;

/// <summary>What plans left behind and nothing has taken home yet, oldest first.</summary>
public sealed record ResidualsAnswer(UtcNanos Time, IReadOnlyList<ResidualAnswer> Residuals)
{
    internal static ResidualsAnswer Of(SessionSnapshot now) => new(new UtcNanos(now.Time), [.. now.Residuals.Select(one => ResidualAnswer.Of(one, now.Time))]);
}

/// <summary>One residual.</summary>
/// <param name="Number">What it is named by; counts over all sessions.</param>
/// <param name="StartAsset">What cost, mark and worth are in.</param>
/// <param name="Cost">What the plan was out of pocket when it left this behind.</param>
/// <param name="Mark">What its book would have paid then; null where none took it.</param>
/// <param name="Worth">At the best price now; null while no live market joins the two.</param>
/// <param name="Plan">Session and number of the plan that left it: 3-17.</param>
/// <param name="AgeNanoseconds">Since it was declared.</param>
/// <param name="WorkOffWords">What confirms working it off.</param>
/// <param name="WriteOffWords">What confirms writing it off.</param>
public sealed record ResidualAnswer(
    int Number,
    string Asset,
    string Venue,
    decimal Amount,
    string StartAsset,
    decimal Cost,
    decimal? Mark,
    decimal? Worth,
    string Plan,
    UtcNanos Declared,
    long AgeNanoseconds,
    string WorkOffWords,
    string WriteOffWords)
{
    internal static ResidualAnswer Of(ResidualView one, long now) => new(
        one.Number, one.Asset.Code, one.Venue.Name, one.Amount, one.StartAsset.Code, one.Cost, one.Mark, one.Worth,
        new PlanKey(one.Session, one.Plan).ToString(), new UtcNanos(one.DeclaredTime), now - one.DeclaredTime,
        OperatorPhrase.WorkOff(one.Amount, one.Asset), OperatorPhrase.WriteOff(one.Amount, one.Asset));
}

/// <summary>Balances on which a venue and the ledger disagree: while there is one, no plan is opened.</summary>
public sealed record DifferencesAnswer(UtcNanos Time, IReadOnlyList<DifferenceAnswer> Differences)
{
    internal static DifferencesAnswer Of(SessionSnapshot now) => new(new UtcNanos(now.Time), [.. now.Drifts.Select(DifferenceAnswer.Of)]);
}

/// <summary>One balance that differs.</summary>
/// <param name="Ledger">Ours.</param>
/// <param name="AtVenue">Theirs, when it was last asked.</param>
/// <param name="Difference">Theirs less ours.</param>
/// <param name="Tolerance">A smaller difference is none.</param>
/// <param name="AcceptWords">What confirms taking the venue's word.</param>
public sealed record DifferenceAnswer(string Asset, string Venue, decimal Ledger, decimal AtVenue, decimal Difference, decimal Tolerance, string AcceptWords)
{
    internal static DifferenceAnswer Of(BalanceDriftView one) => new(
        one.Asset.Code, one.Venue.Name, one.Ledger, one.AtVenue, one.AtVenue - one.Ledger, one.Tolerance, OperatorPhrase.Accept(one.AtVenue, one.Asset));
}

/// <summary>Every circuit breaker.</summary>
public sealed record BreakersAnswer(UtcNanos Time, IReadOnlyList<BreakerAnswer> Breakers)
{
    internal static BreakersAnswer Of(SessionSnapshot now) => new(new UtcNanos(now.Time), [.. now.Breakers.Select(one => BreakerAnswer.Of(one, now.Time))]);
}

/// <summary>One circuit breaker.</summary>
/// <param name="Name">global, strategy:cycles, venue:kraken.</param>
/// <param name="State">closed, half-open or open.</param>
/// <param name="TrippedBy">What opened it last: consecutive, error-rate, probe, plan-loss or manual; null before.</param>
/// <param name="Until">When an open one admits a probe; null while it is not open.</param>
/// <param name="LeftNanoseconds">Until then.</param>
/// <param name="PauseNanoseconds">How long the last or the next opening lasts.</param>
public sealed record BreakerAnswer(
    string Name, string State, string? TrippedBy, int FailuresInRow, int FailuresMax, UtcNanos? Until, long? LeftNanoseconds, long PauseNanoseconds)
{
    internal static BreakerAnswer Of(BreakerView one, long now) => new(
        one.Name,
        one.State.Word(),
        one.TrippedBy.Length > 0 ? one.TrippedBy : null,
        one.FailuresInRow,
        one.FailuresMax,
        one.UntilTime is { } until ? new UtcNanos(until) : null,
        one.UntilTime - now,
        one.PauseNanos);
}

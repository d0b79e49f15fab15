using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Decisions;

/// <summary>Everything that earlier sessions left open has been taken over. Until this record stands, the sessions before count.</summary>
public readonly record struct OpeningTaken(int Balances, int Plans, int Orders, int Residuals) : IDecision<OpeningTaken>
{
    public static DecisionKind Kind => DecisionKind.OpeningTaken;

    public void Write(PayloadWriter writer) => writer.Int32(Balances).Int32(Plans).Int32(Orders).Int32(Residuals);

    public static OpeningTaken Read(ref PayloadReader reader) => new(reader.Int32(), reader.Int32(), reader.Int32(), reader.Int32());
}

/// <summary>The venues know orders of ours that the journal does not: it was restored from a backup. Their trades are booked.</summary>
/// <param name="SinceTime">From here on something is missing, venue's clock; the accounts were proved until then.</param>
/// <param name="UntilTime">From here on the journal is whole again.</param>
/// <param name="Orders">Of which trades were booked.</param>
/// <param name="LastSession">The highest number of a lost session whose orders traded.</param>
public readonly record struct JournalGap(long SinceTime, long UntilTime, int Orders, int Trades, int LastSession) : IDecision<JournalGap>
{
    public static DecisionKind Kind => DecisionKind.JournalGap;

    public void Write(PayloadWriter writer) => writer.Int64(SinceTime).Int64(UntilTime).Int32(Orders).Int32(Trades).Int32(LastSession);

    public static JournalGap Read(ref PayloadReader reader) => new(reader.Int64(), reader.Int64(), reader.Int32(), reader.Int32(), reader.Int32());
}

/// <summary>The venue was asked often enough: the order counts as never placed, and what it had set aside is free again.</summary>
public readonly record struct OrderAbsent(Execution.ClientOrderId Id, int Plan, int Answers) : IDecision<OrderAbsent>
{
    public static DecisionKind Kind => DecisionKind.OrderAbsent;

    public void Write(PayloadWriter writer) => writer.UInt64(Id.Value).Int32(Plan).Int32(Answers);

    public static OrderAbsent Read(ref PayloadReader reader) => new(new Execution.ClientOrderId(reader.UInt64()), reader.Int32(), reader.Int32());
}

/// <summary>A plan of an earlier session goes on under a number of this one.</summary>
/// <param name="Plan">Its number from now on; a <see cref="PlanOpened"/> stands before this record.</param>
/// <param name="FromSession">The session that ran it last, under <paramref name="FromPlan"/>.</param>
/// <param name="StartNet">What it had done to the start asset by then; part of what it will have realised.</param>
public readonly record struct PlanResumed(int Plan, int FromSession, int FromPlan, decimal StartNet) : IDecision<PlanResumed>
{
    public static DecisionKind Kind => DecisionKind.PlanResumed;

    public void Write(PayloadWriter writer) => writer.Int32(Plan).Int32(FromSession).Int32(FromPlan).Decimal(StartNet);

    public static PlanResumed Read(ref PayloadReader reader) => new(reader.Int32(), reader.Int32(), reader.Int32(), reader.Decimal());
}

/// <summary>A venue's statement was compared with the ledger.</summary>
/// <param name="IsComplete">Nothing is concluded from a statement that is not.</param>
/// <param name="Compared">Holdings compared; those that moved meanwhile are not.</param>
/// <param name="Skipped">Holdings that moved, or that an order under way touches: compared by the next statement.</param>
/// <param name="Drifts">Holdings that differ by more than is tolerated and that nobody accepted.</param>
/// <param name="KnownTime">Trades and transfers up to here are known, venue's clock.</param>
/// <param name="Note">Why it failed, or empty.</param>
public readonly record struct Reconciled(VenueId Venue, bool IsComplete, int Compared, int Skipped, int Drifts, long KnownTime, string Note)
    : IDecision<Reconciled>
{
    public static DecisionKind Kind => DecisionKind.Reconciled;

    public void Write(PayloadWriter writer) =>
        writer.Text(Venue.Name).Bool(IsComplete).Int32(Compared).Int32(Skipped).Int32(Drifts).Int64(KnownTime).Text(Note);

    public static Reconciled Read(ref PayloadReader reader) => new(
        reader.Venue(), reader.Bool(), reader.Int32(), reader.Int32(), reader.Int32(), reader.Int64(), reader.Text());
}

/// <summary>The venue's balance differs from ours by more than is tolerated, and nothing explains it: no plan is opened until somebody accepts it.</summary>
/// <param name="Ours">What the ledger holds.</param>
/// <param name="Theirs">What the venue says.</param>
/// <param name="Tolerance">The larger of one lot and 1e-8 of the balance (strategies/risk.md section 9).</param>
public readonly record struct BalanceDrifted(Holding Holding, decimal Ours, decimal Theirs, decimal Tolerance) : IDecision<BalanceDrifted>
{
    public static DecisionKind Kind => DecisionKind.BalanceDrifted;

    /// <summary>Positive: the venue has more.</summary>
    public decimal Drift => Theirs - Ours;

    /// <summary>Above 0.1 % of the balance: it trips the kill switch (strategies/risk.md section 9).</summary>
    public bool IsGrave => decimal.Abs(Drift) > 0.001m * decimal.Abs(Theirs);

    public void Write(PayloadWriter writer) => writer.Holding(Holding).Decimal(Ours).Decimal(Theirs).Decimal(Tolerance);

    public static BalanceDrifted Read(ref PayloadReader reader) => new(reader.Holding(), reader.Decimal(), reader.Decimal(), reader.Decimal());
}

/// <summary>An open order at a venue that no plan of ours owns.</summary>
/// <param name="Id">Zero for one that is not ours: it is noted and never touched. One of ours is being cancelled.</param>
/// <param name="Reference">The venue's own id of it.</param>
public readonly record struct OrderUnowned(VenueId Venue, Execution.ClientOrderId Id, string Reference) : IDecision<OrderUnowned>
{
    public static DecisionKind Kind => DecisionKind.OrderUnowned;

    public void Write(PayloadWriter writer) => writer.Text(Venue.Name).UInt64(Id.Value).Text(Reference);

    public static OrderUnowned Read(ref PayloadReader reader) => new(reader.Venue(), new Execution.ClientOrderId(reader.UInt64()), reader.Text());
}

/// <summary>Something that a plan left behind is listed until it is worked off.</summary>
/// <param name="Number">Counts residuals over all sessions of a journal from 1.</param>
/// <param name="Amount">Negative is missing.</param>
/// <param name="StartAsset">What the plan began with, and what cost and mark are in.</param>
/// <param name="Plan">The plan whose result it belongs to.</param>
/// <param name="Cost">What it has cost so far: of what the plan was out of pocket, this residual's share. Below zero only for what is missing: what it was sold for.</param>
/// <param name="Mark">What the amount would have brought then; <see langword="null"/> when no book took it.</param>
public readonly record struct ResidualDeclared(
    int Number, int Plan, Holding Holding, decimal Amount, Asset StartAsset, decimal Cost, decimal? Mark)
    : IDecision<ResidualDeclared>
{
    public static DecisionKind Kind => DecisionKind.ResidualDeclared;

    /// <summary>The earlier session that <see cref="Plan"/> is of; zero for this one.</summary>
    public int EarlierSession { get; init; }

    /// <summary>Another way home was found for it, and a plan that takes it follows at once.</summary>
    public bool IsComingHome { get; init; }

    public void Write(PayloadWriter writer)
    {
        writer.Int32(Number).Int32(Plan).Holding(Holding).Decimal(Amount).Text(StartAsset.Code).Decimal(Cost).Bool(Mark.HasValue).Decimal(Mark ?? 0m);
        if (EarlierSession > 0 || IsComingHome)
        {
            writer.Bool(true).Int32(EarlierSession).Bool(IsComingHome);
        }
    }

    public static ResidualDeclared Read(ref PayloadReader reader)
    {
        var (number, plan, holding, amount) = (reader.Int32(), reader.Int32(), reader.Holding(), reader.Decimal());
        var (start, cost) = (reader.Asset(), reader.Decimal());
        var (hasMark, mark) = (reader.Bool(), reader.Decimal());
        var declared = new ResidualDeclared(number, plan, holding, amount, start, cost, hasMark ? mark : null);
        return reader.HasMore && reader.Bool() ? declared with { EarlierSession = reader.Int32(), IsComingHome = reader.Bool() } : declared;
    }
}

/// <summary>A residual is listed no more: a plan takes it home, or an operator took it as inventory.</summary>
/// <param name="Plan">The plan that works it off; zero when there is none.</param>
/// <param name="Why"><c>pays</c>, <c>operator</c> or <c>written-off</c>, and the operator's words.</param>
public readonly record struct ResidualTaken(int Number, int Plan, string Why) : IDecision<ResidualTaken>
{
    public static DecisionKind Kind => DecisionKind.ResidualTaken;

    public void Write(PayloadWriter writer) => writer.Int32(Number).Int32(Plan).Text(Why);

    public static ResidualTaken Read(ref PayloadReader reader) => new(reader.Int32(), reader.Int32(), reader.Text());
}

/// <summary>How a plan is executed, and what was expected of each way (docs/concepts/execution.md).</summary>
/// <param name="Policy"><c>sequential</c>, <c>simultaneous</c> or <c>hybrid</c>.</param>
/// <param name="FillBps">Probability that all legs fill, in ten-thousandths.</param>
/// <param name="EdgeBps">Expected profit if they do, of the input.</param>
/// <param name="FailureCostBps">What coming home costs if they do not, of the input.</param>
/// <param name="ValueBps">Edge × fill probability − failure probability × failure cost.</param>
/// <param name="LegInputs">What was set aside for each leg, in its own asset; empty for a sequential plan, and where the journal is older than this field.</param>
public readonly record struct PolicyChosen(
    int Plan, string Policy, decimal FillBps, decimal EdgeBps, decimal FailureCostBps, decimal ValueBps, ReadOnlyMemory<decimal> LegInputs)
    : IDecision<PolicyChosen>
{
    public static DecisionKind Kind => DecisionKind.PolicyChosen;

    public void Write(PayloadWriter writer) => writer
        .Int32(Plan).Text(Policy).Decimal(FillBps).Decimal(EdgeBps).Decimal(FailureCostBps).Decimal(ValueBps).Decimals(LegInputs.Span);

    public static PolicyChosen Read(ref PayloadReader reader) => new(
        reader.Int32(), reader.Text(), reader.Decimal(), reader.Decimal(), reader.Decimal(), reader.Decimal(), reader.HasMore ? reader.Decimals() : []);
}

using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Arming;
using Parallax.Trading.Engine;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Risk;
using Parallax.Trading.Supervision;

namespace Parallax.Trading.Decisions;

/// <summary>How much a record of the journal asks of whoever reads it.</summary>
public enum Weight
{
    /// <summary>Worth knowing.</summary>
    Notice,

    /// <summary>Trading is held back somewhere, or something was left behind.</summary>
    Warning,

    /// <summary>Trading has stopped, or money is not where it should be.</summary>
    Critical,
}

/// <summary>What people are told of a journal record: a row of the audit, an alert.</summary>
/// <param name="Code">Stable: <c>kill</c>, <c>balance-drift</c>, …</param>
/// <param name="Text">For people; may hold an operator's or a venue's words as they came, so escape it where it is shown.</param>
public readonly record struct Notable(string Code, Weight Weight, string Text)
{
    /// <summary>Reads a record, if it is one that people are told of.</summary>
    /// <returns><see langword="false"/> for all that is everyday: books, opportunities, orders, postings.</returns>
    /// <exception cref="MalformedRecordException">The record is not what its kind promises.</exception>
    public static bool TryRead(Record record, out Notable notable)
    {
        var found = Operators(record) ?? Venues(record) ?? Engine(record);
        notable = found.GetValueOrDefault();
        return found is not null;
    }

    private static Notable? Operators(Record record) => record.Header.Kind switch
    {
        InputKind.Kill => Of("kill", Weight.Critical, "Trading was stopped", OperatorCommand.Read(record)),
        InputKind.Resume => Of("resume", Weight.Notice, "Trading goes on", OperatorCommand.Read(record)),
        InputKind.Arm => Of(ArmCommand.Read(record)),
        InputKind.Disarm => Of("disarm", Weight.Warning, "The session was disarmed", OperatorCommand.Read(record)),
        SettingsWritten.RecordKind => Of(SettingsWritten.Read(record)),
        InputKind.CommandRefused => Of("command-refused", Weight.Warning, "A command was refused", OperatorCommand.Read(record)),
        RiskInput.Reset => Of("reset-risk", Weight.Notice, "The losses so far were accepted", OperatorCommand.Read(record)),
        RiskInput.Breaker => Of(BreakerCommand.Read(record)),
        BalanceAcceptance.RecordKind => Of(BalanceAcceptance.Read(record)),
        ResidualCommand.RecordKind => Of(ResidualCommand.Read(record)),
        _ => null,
    };

    private static Notable? Venues(Record record) => record.Header.Kind switch
    {
        VenueStatus.RecordKind => Of(VenueStatus.Read(record)),
        StoreReport.RecordKind => Of(StoreReport.Read(record)),
        ClockSet.RecordKind => new Notable("clock-set", Weight.Warning, ClockSet.Read(record).Text),
        TaskReport.RecordKind => Of(TaskReport.Read(record)),
        StorageReport.FullKind => new Notable("storage-full", Weight.Critical, StorageReport.Read(record).Text),
        StorageReport.BackKind => new Notable("storage-back", Weight.Notice, StorageReport.Read(record).Text),
        _ => null,
    };

    private static Notable? Engine(Record record)
    {
        var payload = new PayloadReader(record.Payload);
        return (DecisionKind)record.Header.Kind switch
        {
            DecisionKind.SessionStarted => Of(SessionStarted.Read(ref payload)),
            DecisionKind.SessionEnded => Of(SessionEnded.Read(ref payload)),
            DecisionKind.TradingHalted => new Notable("halted", Weight.Critical, $"The engine stopped trading: {TradingHalted.Read(ref payload).Reason}"),
            DecisionKind.KillSwitchTripped => new Notable("kill", Weight.Critical, $"The engine killed trading by itself: {KillSwitchTripped.Read(ref payload).Reason}"),
            DecisionKind.Disarmed => Of(Disarmed.Read(ref payload)),
            DecisionKind.BalanceDrifted => Of(BalanceDrifted.Read(ref payload)),
            DecisionKind.OrderUnowned => Of(OrderUnowned.Read(ref payload)),
            DecisionKind.ResidualDeclared => Of(ResidualDeclared.Read(ref payload)),
            DecisionKind.ResidualTaken => Of(ResidualTaken.Read(ref payload)),
            DecisionKind.PlanRestated => Of(PlanRestated.Read(ref payload)),
            DecisionKind.TradeReversed => Of(TradeReversed.Read(ref payload)),
            DecisionKind.JournalGap => Of(JournalGap.Read(ref payload)),
            DecisionKind.SettingsChanged => Of(SettingsChanged.Read(ref payload)),
            DecisionKind.SettingsKept => Of(SettingsKept.Read(ref payload)),
            DecisionKind.RiskLevelChanged => Of(RiskLevelChanged.Read(ref payload)),
            DecisionKind.BreakerChanged => Of(BreakerChanged.Read(ref payload)),
            _ => null,
        };
    }

    private static Notable Of(string code, Weight weight, string what, OperatorCommand command) =>
        new(code, weight, command.Who.Length == 0 ? $"{what}: {command.Reason}" : $"{what} ({command.Who}): {command.Reason}");

    private static Notable Of(ArmCommand command) => Of(
        "arm", Weight.Warning, $"Orders are real until {new UtcNanos(command.UntilTime)} or a loss of {Decimals.Plain(command.LossMax)}", new OperatorCommand(command.Reason, command.Who));

    private static Notable Of(BreakerCommand command) => Of(
        command.IsTrip ? "breaker-trip" : "breaker-reset",
        command.IsTrip ? Weight.Warning : Weight.Notice,
        $"Breaker {command.Scope} was {(command.IsTrip ? "opened" : "closed")} by hand",
        new OperatorCommand(command.Reason, command.Who));

    private static Notable Of(BalanceAcceptance accepted) =>
        Of("accept-balance", Weight.Notice, $"The venue's balance of {accepted.Holding} was accepted", accepted.Command);

    private static Notable Of(ResidualCommand command) => Of(
        command.Wish == ResidualWish.WorkOff ? "residual-work-off" : "residual-write-off",
        Weight.Notice,
        $"Residual {command.Number} is to be {(command.Wish == ResidualWish.WorkOff ? "worked off" : "kept as inventory")}",
        command.Command);

    private static Notable Of(VenueStatus status) => new(
        "venue-status",
        status.AllowsTaking ? Weight.Notice : status.Condition == VenueCondition.Halted ? Weight.Critical : Weight.Warning,
        string.Join(": ", new[] { $"{status.Venue} is {Words(status.Condition)}", status.Reason, status.Text }.Where(part => part.Length > 0)));

    private static Notable Of(TaskReport report) => report.State switch
    {
        TaskState.Running => new Notable("task-restarted", Weight.Notice, report.Text),
        TaskState.Failed => new Notable("task-failed", Weight.Warning, report.Text),
        _ => new Notable("task-stopped", Weight.Critical, report.Text),
    };

    private static Notable Of(StoreReport report) => report.IsBehind
        ? new Notable("store-behind", Weight.Critical, $"The store is {report.Records} records behind and no plan is opened: {report.Text}")
        : new Notable("store-back", Weight.Notice, "The store has caught up with the journal");

    private static Notable Of(SessionStarted started) => new("session-started", Weight.Notice, started.Mode);

    private static Notable Of(SessionEnded ended) => new(
        "session-ended", Weight.Notice, string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{ended.Records} records, {ended.Opportunities} opportunities, {ended.Plans} plans"));

    private static Notable Of(Disarmed disarmed) => new(
        "disarmed", Weight.Warning, $"The session disarmed itself ({disarmed.Code}) at a loss of {Decimals.Plain(disarmed.Loss)} of {Decimals.Plain(disarmed.LossMax)}");

    private static Notable Of(BalanceDrifted drift) => new(
        "balance-drift",
        Weight.Critical,
        $"The balance of {drift.Holding} differs by {Decimals.Plain(drift.Drift)}: the venue has {Decimals.Plain(drift.Theirs)}, the ledger {Decimals.Plain(drift.Ours)}");

    private static Notable Of(OrderUnowned order) => order.Id.Value == 0
        ? new Notable("foreign-order", Weight.Warning, $"An order at {order.Venue} is none of ours and stays untouched: {order.Reference}")
        : new Notable("order-unowned", Weight.Warning, $"An order of ours at {order.Venue} belongs to no plan and is cancelled: {order.Reference}");

    private static Notable Of(ResidualDeclared residual) => residual.IsComingHome ? new(
        "residual-home",
        Weight.Notice,
        $"Plan {residual.Plan} takes another way home for {Decimals.Plain(residual.Amount)} {residual.Holding}, {Mark(residual)}") : new(
        "residual",
        Weight.Warning,
        $"Plan {residual.Plan} left {Decimals.Plain(residual.Amount)} {residual.Holding} behind (residual {residual.Number}), {Mark(residual)}");

    private static string Mark(ResidualDeclared residual) => residual.Mark is { } mark
        ? $"worth {Decimals.Plain(mark)} {residual.StartAsset} then"
        : "which no book took";

    private static Notable Of(ResidualTaken taken) => new("residual-taken", Weight.Notice, $"Residual {taken.Number} is listed no more: {taken.Why}");

    private static Notable Of(PlanRestated restated) =>
        new(
        "plan-restated",
        Weight.Notice,
        $"The result of plan {restated.Plan} of session {restated.Session} was restated from {Decimals.Plain(restated.Before)} to {Decimals.Plain(restated.After)}: {restated.Why}");

    private static Notable Of(TradeReversed reversed) => new("trade-reversed", Weight.Critical, $"A trade was taken back: {reversed.Reason}");

    private static Notable Of(JournalGap gap) => new(
        "journal-gap",
        Weight.Critical,
        $"The journal was restored from a backup: {gap.Trades} trades of {gap.Orders} orders since {new UtcNanos(gap.SinceTime)} were not in it and are booked now");

    private static Notable Of(SettingsChanged changed) => Of(
        "settings-changed", Weight.Notice, $"Settings are at version {changed.Version}: {Words(changed.Changes.Span)}", new OperatorCommand(changed.Reason, changed.Who));

    private static Notable Of(SettingsKept kept) => Of(
        "settings-refused", Weight.Notice, $"A change of settings was kept out, they stay at version {kept.Version}: {kept.Why}", new OperatorCommand(kept.Reason, kept.Who));

    private static Notable Of(SettingsWritten note) => note.IsWritten
        ? Of("settings-written", Weight.Notice, $"{note.File} has {Words([.. note.Changes])} for later sessions", note.Command)
        : Of("settings-not-written", Weight.Warning, $"{Words([.. note.Changes])} holds in this session only, as {note.Why}", note.Command);

    private static string Words(ReadOnlySpan<ChangedSetting> changes) => string.Join(
        ", ", changes.ToArray().Select(one => $"{one.Key} {(one.Before.Length > 0 ? one.Before : "as usual")} → {(one.After.Length > 0 ? one.After : "as usual")}"));

    private static Notable Of(RiskLevelChanged change) => new(
        "risk-level",
        change.To < change.From ? Weight.Notice : change.To >= RiskLevel.Halted ? Weight.Critical : Weight.Warning,
        $"Trading state {Words(change.From)} → {Words(change.To)}: {change.Why}");

    private static Notable Of(BreakerChanged change) => new(
        "breaker", change.State == BreakerState.Open ? Weight.Warning : Weight.Notice, $"Breaker {change.Scope} is {Words(change.State)}: {change.Why}");

    private static string Words(VenueCondition condition) => condition switch
    {
        VenueCondition.CancelOnly => "cancel-only",
        VenueCondition.PostOnly => "post-only",
        VenueCondition.LimitOnly => "limit-only",
        var other => Lower(other),
    };

    private static string Words(RiskLevel level) => Lower(level);

    private static string Words(BreakerState state) => Lower(state);

    private static string Lower<T>(T value)
        where T : struct, Enum => Enum.GetName(value)?.ToLowerInvariant() ?? "unknown";
}

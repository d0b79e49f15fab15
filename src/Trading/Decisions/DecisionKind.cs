using Parallax.Journal.Framing;

namespace Parallax.Trading.Decisions;

/// <summary>What the engine writes into the journal. Numbers are part of the format and never reused. Layouts: docs/concepts/journal.md.</summary>
public enum DecisionKind : byte
{
    SessionStarted = RecordKinds.DecisionFirst,
    OpportunityOpened = 129,
    OpportunityRefused = 130,
    OpportunityClosed = 131,
    PlanOpened = 132,
    BookSeen = 133,
    OrderIntent = 134,
    Posted = 135,
    LegDecided = 136,
    PlanClosed = 137,
    BookInvalidated = 138,
    OrderUnknown = 139,
    SessionEnded = 140,
    TradingHalted = 141,
    OpeningTaken = 142,
    PlanResumed = 143,
    Reconciled = 144,
    BalanceDrifted = 145,
    OrderUnowned = 146,
    ResidualDeclared = 147,
    ResidualTaken = 148,
    PolicyChosen = 149,
    OrderAbsent = 150,
    PlanRestated = 151,
    TradeReversed = 152,
    JournalGap = 153,
    PlanSettled = 154,

    RiskLevelChanged = 156,
    BreakerChanged = 157,
    LossRecorded = 158,
    ResidualRecorded = 159,

    KillSwitchTripped = 160,

    SettingsChanged = 166,
    SettingsKept = 167,

    Disarmed = 171,

    RefusalFollowedUp = 176,
}

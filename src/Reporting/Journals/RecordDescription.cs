using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Trading.Arming;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Risk;
using Parallax.Trading.Risk.Losses;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Supervision;

namespace Parallax.Reporting.Journals;

/// <summary>A journal record in words: its name and its fields, for people and for JSON. Amounts are decimal strings.</summary>
public static class RecordDescription
{
    private delegate object Reader(Record record);

    private static readonly Dictionary<byte, (string Name, Reader Read)> Kinds = new()
    {
        [MarketRecordKind.Instrument] = ("instrument", record => InstrumentRecord.Read(record.Payload)),
        [OrderEvent.RecordKind] = ("order-event", record => OrderEvent.Read(record)),
        [InputKind.Kill] = ("kill", record => OperatorCommand.Read(record)),
        [InputKind.Resume] = ("resume", record => OperatorCommand.Read(record)),
        [InputKind.Arm] = ("arm", record => ArmCommand.Read(record)),
        [InputKind.Disarm] = ("disarm", record => OperatorCommand.Read(record)),
        [InputKind.Drain] = ("drain", _ => new Nothing()),
        [(byte)DecisionKind.SessionStarted] = ("session-started", Decoded<SessionStarted>),
        [(byte)DecisionKind.OpportunityOpened] = ("opportunity-opened", Decoded<OpportunityOpened>),
        [(byte)DecisionKind.OpportunityRefused] = ("opportunity-refused", Decoded<OpportunityRefused>),
        [(byte)DecisionKind.OpportunityClosed] = ("opportunity-closed", Decoded<OpportunityClosed>),
        [(byte)DecisionKind.RefusalFollowedUp] = ("refusal-followed-up", Decoded<RefusalFollowedUp>),
        [(byte)DecisionKind.PlanOpened] = ("plan-opened", Decoded<PlanOpened>),
        [(byte)DecisionKind.BookSeen] = ("book-seen", Decoded<BookSeen>),
        [(byte)DecisionKind.OrderIntent] = ("order-intent", Decoded<OrderIntent>),
        [(byte)DecisionKind.Posted] = ("posted", Decoded<Posted>),
        [(byte)DecisionKind.LegDecided] = ("leg-decided", Decoded<LegDecided>),
        [(byte)DecisionKind.PlanClosed] = ("plan-closed", Decoded<PlanClosed>),
        [(byte)DecisionKind.BookInvalidated] = ("book-invalidated", Decoded<BookInvalidated>),
        [(byte)DecisionKind.OrderUnknown] = ("order-unknown", Decoded<OrderUnknown>),
        [(byte)DecisionKind.SessionEnded] = ("session-ended", Decoded<SessionEnded>),
        [(byte)DecisionKind.Disarmed] = ("disarmed", Decoded<Disarmed>),
        [(byte)DecisionKind.TradingHalted] = ("trading-halted", Decoded<TradingHalted>),
        [(byte)DecisionKind.KillSwitchTripped] = ("kill-switch-tripped", Decoded<KillSwitchTripped>),
        [(byte)DecisionKind.RiskLevelChanged] = ("risk-level-changed", Decoded<RiskLevelChanged>),
        [(byte)DecisionKind.BreakerChanged] = ("breaker-changed", Decoded<BreakerChanged>),
        [(byte)DecisionKind.LossRecorded] = ("loss-recorded", Decoded<LossRecorded>),
        [(byte)DecisionKind.ResidualRecorded] = ("residual-recorded", Decoded<ResidualRecorded>),
        [RiskInput.Breaker] = ("breaker-command", record => BreakerCommand.Read(record)),
        [RiskInput.Reset] = ("risk-reset", record => OperatorCommand.Read(record)),
        [(byte)DecisionKind.SettingsChanged] = ("settings-changed", Decoded<SettingsChanged>),
        [(byte)DecisionKind.SettingsKept] = ("settings-kept", Decoded<SettingsKept>),
        [SettingsWritten.RecordKind] = ("settings-written", record => SettingsWritten.Read(record)),
        [Opening.RecordKind] = ("opening", Opening.Read),
        [Statement.RecordKind] = ("statement", Statement.Read),
        [FeeSchedule.RecordKind] = ("fee-schedule", record => FeeSchedule.Read(record)),
        [VenueStatus.RecordKind] = ("venue-status", record => VenueStatus.Read(record)),
        [BalanceAcceptance.RecordKind] = ("balance-accepted", record => BalanceAcceptance.Read(record)),
        [ClockSet.RecordKind] = ("clock-set", record => ClockSet.Read(record)),
        [TaskReport.RecordKind] = ("task-report", record => TaskReport.Read(record)),
        [StorageReport.FullKind] = ("storage-full", record => StorageReport.Read(record)),
        [StorageReport.BackKind] = ("storage-back", record => StorageReport.Read(record)),
        [StoreReport.RecordKind] = ("store-report", record => StoreReport.Read(record)),
        [ResidualCommand.RecordKind] = ("residual-command", record => ResidualCommand.Read(record)),
        [(byte)DecisionKind.OpeningTaken] = ("opening-taken", Decoded<OpeningTaken>),
        [(byte)DecisionKind.PlanResumed] = ("plan-resumed", Decoded<PlanResumed>),
        [(byte)DecisionKind.Reconciled] = ("reconciled", Decoded<Reconciled>),
        [(byte)DecisionKind.BalanceDrifted] = ("balance-drifted", Decoded<BalanceDrifted>),
        [(byte)DecisionKind.OrderUnowned] = ("order-unowned", Decoded<OrderUnowned>),
        [(byte)DecisionKind.ResidualDeclared] = ("residual-declared", Decoded<ResidualDeclared>),
        [(byte)DecisionKind.ResidualTaken] = ("residual-taken", Decoded<ResidualTaken>),
        [(byte)DecisionKind.PolicyChosen] = ("policy-chosen", Decoded<PolicyChosen>),
        [FeeCorrection.RecordKind] = ("fee-correction", record => FeeCorrection.Read(record)),
        [TradeReversal.RecordKind] = ("trade-reversal", record => TradeReversal.Read(record)),
        [(byte)DecisionKind.PlanRestated] = ("plan-restated", Decoded<PlanRestated>),
        [(byte)DecisionKind.PlanSettled] = ("plan-settled", Decoded<PlanSettled>),
        [(byte)DecisionKind.JournalGap] = ("journal-gap", Decoded<JournalGap>),
        [(byte)DecisionKind.TradeReversed] = ("trade-reversed", Decoded<TradeReversed>),
        [(byte)DecisionKind.OrderAbsent] = ("order-absent", Decoded<OrderAbsent>),
    };

    /// <summary>The names <see cref="Name"/> can give, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Kinds.Values.Select(kind => kind.Name).Order(StringComparer.Ordinal)];

    /// <summary>The record's stable name; <c>kind-N</c> for one this version does not know.</summary>
    public static string Name(byte kind) => Kinds.TryGetValue(kind, out var known) ? known.Name : $"kind-{kind}";

    /// <summary>One JSON object: sequence, time, name, the instrument's number where there is one, and the record's own fields.</summary>
    /// <exception cref="MalformedRecordException">The payload is not what the kind promises.</exception>
    public static JsonObject Json(Record record)
    {
        ref readonly var header = ref record.Header;
        var json = new JsonObject
        {
            ["sequence"] = header.Sequence,
            ["time"] = new UtcNanos(header.ReceivedTime).ToString(),
            ["record"] = Name(header.Kind),
            ["subject"] = header.Subject,
        };
        if (Kinds.TryGetValue(header.Kind, out var kind))
        {
            AddFields(json, kind.Read(record));
        }

        return json;
    }

    /// <summary>The record's own fields as <c>name=value</c>, in their order, on one line.</summary>
    public static string Line(Record record)
    {
        if (!Kinds.TryGetValue(record.Header.Kind, out var kind))
        {
            return $"{record.Payload.Length} bytes";
        }

        var line = new StringBuilder();
        var json = new JsonObject();
        AddFields(json, kind.Read(record));
        foreach (var (name, value) in json)
        {
            line.Append(line.Length > 0 ? " " : "").Append(name).Append('=');
            line.Append(value switch
            {
                null => "none",
                JsonValue plain => OneLine(plain.ToString()),
                _ => value.ToJsonString(),
            });
        }

        return line.ToString();
    }

    private static object Decoded<T>(Record record)
        where T : IDecision<T>
    {
        var reader = new PayloadReader(record.Payload);
        return T.Read(ref reader);
    }

    /// <summary>Venue and operator text may hold anything; a record stays one line and cannot drive a terminal.</summary>
    private static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => c == '\n' ? "; " : char.IsControl(c) ? "?" : c.ToString())) : text;

    private static void AddFields(JsonObject json, object value)
    {
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length == 0)
            {
                json[CamelCase(property.Name)] = Node(property.GetValue(value));
            }
        }
    }

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        Asset asset when asset == default => null,
        string text => text,
        bool flag => flag,
        decimal amount => Decimals.Plain(amount),
        Enum named => named.ToString(),
        byte or ushort or int or uint or long or ulong => JsonValue.Create(Convert.ToDecimal(value)),
        ReadOnlyMemory<Level> levels => new JsonArray([.. levels.ToArray().Select(level => (JsonNode)new JsonArray(level.PriceTicks, level.QuantityLots))]),
        ReadOnlyMemory<Trading.Ledger.PostingLine> lines => Array(lines.ToArray()),
        ReadOnlyMemory<Remainder> remainders => Array(remainders.ToArray()),
        ReadOnlyMemory<FollowUp> looks => Array(looks.ToArray()),
        ReadOnlyMemory<ChangedSetting> changes => Array(changes.ToArray()),
        Level level => new JsonArray(level.PriceTicks, level.QuantityLots),
        LossMemory losses => Array((LossMemory[])[losses])[0]!.DeepClone(),
        _ => value.ToString(),
    };

    private static JsonArray Array(IEnumerable items)
    {
        var array = new JsonArray();
        foreach (var item in items)
        {
            var json = new JsonObject();
            AddFields(json, item);
            array.Add(json);
        }

        return array;
    }

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>A record that says everything with its kind.</summary>
    private sealed class Nothing;
}

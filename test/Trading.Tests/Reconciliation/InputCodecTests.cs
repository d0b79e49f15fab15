using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;
using Record = Parallax.Journal.Framing.Record;
using Draw = Parallax.Trading.Tests.Decisions.CodecTests.Draw;

namespace Parallax.Trading.Tests.Reconciliation;

/// <summary>What the engine is told of earlier sessions, accounts, fees and venues reads what it wrote, and nothing else into damaged bytes.</summary>
public sealed class InputCodecTests
{
    private const int Samples = 200;

    private static readonly VenueId Venue = new("a-venue");

    private static readonly Dictionary<string, Func<Draw, (RecordHeader Header, byte[] Payload)>> Samplers = new()
    {
        ["statement-begun"] = d => Of(new Statement.Begun(Venue, d.Long())),
        ["statement-begun-with-trades"] = d => Of(new Statement.Begun(Venue, d.Long(), ListsTrades: true)),
        ["statement-own-trade"] = d => Of(new Statement.OwnTrade(Venue, d.Id(), (ulong)d.Long(), d.Bool() ? d.Asset() : default, d.Decimal())),
        ["statement-balance"] = d => Of(new Statement.Balance(Venue, d.Asset(), d.Decimal(), d.Decimal())),
        ["statement-open-order"] = d => Of(new Statement.OpenOrder(Venue, d.Id(), d.Text(), (ushort)d.Int(), d.Side(), d.Long(), d.Long())),
        ["statement-foreign-trade"] = d => Of(new Statement.ForeignTrade(
            Venue, d.Text(), d.Asset(), d.Decimal(), d.Asset(), d.Decimal(), d.Bool() ? d.Asset() : default, d.Decimal())),
        ["statement-transfer"] = d => Of(new Statement.Transfer(Venue, d.Text(), d.Asset(), d.Decimal())),
        ["settings-written"] = d => Of(new SettingsWritten(
            d.Long(), d.Bool(), d.Text(), d.Text(), new OperatorCommand(d.Text(), d.Text()), [.. d.Many(() => new ChangedSetting(d.Text(), d.Text(), d.Text()))])),
        ["statement-progress"] = d => Of(new Statement.Progress(Venue, d.Text(), d.Int(), d.Int())),
        ["statement-ended"] = d => Of(new Statement.Ended(Venue, d.Bool(), d.Text())),
        ["opening-balance"] = d => Of(new Opening.Balance(Holding(d), d.Decimal())),
        ["opening-plan"] = d => Of(Plan(d)),
        ["opening-order"] = d => Of(new Opening.Order(
            d.Id(), d.Int(), d.Byte(), OrderPurpose.Requote, Instrument(d), d.Side(), d.Decimal(), d.Decimal(), d.Bool(),
            d.Many(() => new TradeLeft((ulong)d.Long(), d.Decimal())))),
        ["opening-residual"] = d => Of(new Opening.Residual(d.Int(), Holding(d), d.Decimal(), d.Asset(), d.Decimal(), d.Maybe(), d.Int(), d.Int(), d.Long())),
        ["opening-known"] = d => Of(new Opening.Known(Venue, d.Long())),
        ["opening-booked"] = d => Of(new Opening.Booked(Venue, d.Text(), d.Long())),
        ["opening-route"] = d => Of(new Opening.Route(d.Text(), d.Int(), d.Int(), d.Decimal())),
        ["opening-practice"] = d => Of(new Opening.Practice(new Opening.Route(d.Text(), d.Int(), d.Int(), d.Decimal()))),
        ["opening-trade"] = d => Of(new Opening.Trade(new BookedTrade(
            d.Id(), (ulong)d.Long(), Holding(d), d.Decimal(), Holding(d), d.Decimal(), d.Bool() ? d.Asset() : default, d.Decimal(), d.Int(), d.Int(), d.Long()))),
        ["opening-ended-plan"] = d => Of(new Opening.EndedPlan(d.Int(), d.Int(), d.Asset(), d.Decimal())),
        ["opening-history-kept"] = d => Of(new Opening.HistoryKept(d.Long())),
        ["fee-correction"] = d => (
            FeeCorrection.Header(1, 2), new FeeCorrection(d.Id(), (ulong)d.Long(), d.Bool() ? d.Asset() : default, d.Decimal()).Write(new()).ToArray()),
        ["trade-reversal"] = d => (TradeReversal.Header(1, 2), new TradeReversal(d.Id(), (ulong)d.Long(), d.Text()).Write(new()).ToArray()),
        ["fee-schedule"] = d => (FeeSchedule.Header(1, 2), new FeeSchedule(Venue, d.Text(), new FeeTerms(d.Decimal(), FeeMode.Spend, d.Maybe())).Write(new()).ToArray()),
        ["settings-change"] = d => Of(new SettingsChange(
            d.Long(), d.Many(() => KeyValuePair.Create(d.Text(), d.Text())), new OperatorCommand(d.Text(), d.Text()))),
        ["venue-status"] = d => Of(new VenueStatus(Venue, (VenueCondition)(1 + (d.Byte() % 6)), d.Text(), d.Text())),
    };

    public static TheoryData<string> Names() => [.. Samplers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_written_is_read_back_to_the_bit(string kind)
    {
        for (var seed = 1UL; seed <= Samples; seed++)
        {
            var (header, payload) = Samplers[kind](new Draw(seed));

            var (again, bytes) = Rewritten(header, payload);

            Assert.True(payload.AsSpan().SequenceEqual(bytes), $"{kind}, seed {seed}");
            Assert.Equal((header.Kind, header.Flags, header.Subject), (again.Kind, again.Flags, again.Subject));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Damaged_bytes_are_a_malformed_record_or_another_value_and_nothing_else(string kind)
    {
        var refused = 0;
        for (var seed = 1UL; seed <= Samples * 5; seed++)
        {
            var draw = new Draw(seed);
            var (header, payload) = Samplers[kind](draw);
            try
            {
                Rewritten(header, draw.Damage(payload));
            }
            catch (MalformedRecordException)
            {
                refused++;
            }
        }

        Assert.True(refused > 0, "No damage was ever found: the test says nothing.");
    }

    [Theory]
    [InlineData(Statement.RecordKind)]
    [InlineData(Opening.RecordKind)]
    [InlineData(VenueStatus.RecordKind)]
    public void A_type_that_nobody_knows_is_a_malformed_record(byte kind)
    {
        var payload = new PayloadWriter().Text(Venue.Name).Text("").Text("").Written.ToArray();

        Assert.Throws<MalformedRecordException>(() => Rewritten(new RecordHeader { Kind = kind, Flags = 200 }, payload));
    }

    private static (RecordHeader Header, byte[] Payload) Rewritten(RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[RecordFramer.RecordSize(payload.Length)];
        RecordFramer.Write(frame, header, payload, 1);
        // Without the padding, so that a missing byte is missing.
        var record = new Record(frame.AsSpan(0, RecordHeader.Size + payload.Length));
        switch (header.Kind)
        {
            case Statement.RecordKind:
                return Of(Statement.Read(record));
            case Opening.RecordKind:
                return Of(Opening.Read(record));
            case FeeSchedule.RecordKind:
                return (FeeSchedule.Header(1, 2), FeeSchedule.Read(record).Write(new()).ToArray());
            case FeeCorrection.RecordKind:
                return (FeeCorrection.Header(1, 2), FeeCorrection.Read(record).Write(new()).ToArray());
            case TradeReversal.RecordKind:
                return (TradeReversal.Header(1, 2), TradeReversal.Read(record).Write(new()).ToArray());
            case SettingsChange.RecordKind:
                return Of(SettingsChange.Read(record));
            case SettingsWritten.RecordKind:
                return Of(SettingsWritten.Read(record));
            default:
                return Of(VenueStatus.Read(record));
        }
    }

    private static (RecordHeader Header, byte[] Payload) Of(Statement item) => (item.Header(1, 2), item.Write(new()).ToArray());

    private static (RecordHeader Header, byte[] Payload) Of(Opening item) => (item.Header(2), item.Write(new()).ToArray());

    private static (RecordHeader Header, byte[] Payload) Of(SettingsWritten note) => (InputKind.Header(SettingsWritten.RecordKind, 2), note.Write(new()).ToArray());

    private static (RecordHeader Header, byte[] Payload) Of(SettingsChange change) =>
        (InputKind.Header(SettingsChange.RecordKind, 2), change.Write(new()).ToArray());

    private static (RecordHeader Header, byte[] Payload) Of(VenueStatus status) => (status.Header(1, 2), status.Write(new()).ToArray());

    private static Opening.RunningPlan Plan(Draw d)
    {
        var legs = d.Many(() => new LegLeft(Instrument(d), d.Side(), d.Decimal(), d.Decimal()));
        return new Opening.RunningPlan(
            d.Int(), d.Int(), new PlanLeft(d.Long(), d.Text(), legs, d.Decimal(), d.Decimal(), d.Decimal(), d.Decimal(), d.Decimal()), d.Long(), d.Bool(),
            [.. legs.Select(_ => new NodeLeft(d.Int(), d.Bool() ? OrderPurpose.Unwind : null))],
            d.Many(() => new HoldingChange(Holding(d), d.Decimal())),
            new PolicyLeft(new PolicyEstimate(ExecutionPolicy.Hybrid, d.Decimal(), d.Decimal(), d.Decimal()), d.Many(d.Decimal), d.Byte(), d.Decimal(), d.Int()));
    }

    private static Holding Holding(Draw d) => new(d.Asset(), Venue);

    private static InstrumentId Instrument(Draw d) => new(Venue, d.Asset(), d.Asset(), InstrumentKind.Spot);
}

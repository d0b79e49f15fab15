using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Arming;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;
using Parallax.Trading.Risk;
using Parallax.Trading.Risk.Losses;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.Trading.Tests.Decisions;

/// <summary>Every decision reads what it wrote, and reads nothing else into damaged bytes.</summary>
public sealed class CodecTests
{
    private const int Samples = 200;

    private delegate byte[] Codec(ReadOnlySpan<byte> payload);

    private static readonly Dictionary<string, (Func<Draw, byte[]> Sample, Codec ReadAndWrite)> Kinds = new()
    {
        ["session-started"] = Of(d => new SessionStarted(d.Int(), d.Text(), d.Text())),
        ["session-ended"] = Of(d => new SessionEnded(d.Long(), d.Long(), d.Int())),
        ["trading-halted"] = Of(d => new TradingHalted(d.Text())),
        ["kill-switch-tripped"] = Of(d => new KillSwitchTripped(d.Text())),
        ["disarmed"] = Of(d => new Disarmed(d.Text(), d.Decimal(), d.Decimal())),
        ["book-invalidated"] = Of(d => new BookInvalidated(d.Text())),
        ["opportunity-opened"] = Of(d => new OpportunityOpened(d.Long(), d.Text(), d.Decimal())),
        ["opportunity-refused"] = Of(d => new OpportunityRefused(d.Long(), d.Text(), d.Decimal(), d.Decimal(), d.Decimal(), d.Decimal(), d.Asset())),
        ["refusal-followed-up"] = Of(d => new RefusalFollowedUp(
            d.Long(), d.Text(), d.Decimal(), d.Many(() => new FollowUp(d.Int(), d.Maybe())))),
        ["opportunity-closed"] = Of(d => new OpportunityClosed(d.Long(), d.Long(), d.Decimal(), d.Decimal(), d.Text(), d.Int(), d.Int())),
        ["plan-opened"] = Of(d => new PlanOpened(d.Int(), d.Long(), d.Text(), d.Asset(), d.Decimal(), d.Decimal(), d.Decimal(), d.Decimal(), d.Decimal())
        {
            First = d.Bool() ? new PlanName(d.Int(), d.Int()) : null,
        }),
        ["book-seen"] = Of(d => new BookSeen(
            d.Int(), d.Byte(), d.Side(), d.Long(), d.Long(), d.Long(), d.Long(), d.Many(() => new Level(d.Long(), d.Long())))),
        ["order-intent"] = Of(d => new OrderIntent(d.Id(), d.Int(), d.Byte(), OrderPurpose.Unwind, d.Side(), d.Long(), d.Long(), TimeInForce.ImmediateOrCancel)),
        ["order-unknown"] = Of(d => new OrderUnknown(d.Id(), d.Int(), d.Int())),
        ["leg-decided"] = Of(d => new LegDecided(d.Int(), d.Byte(), d.Asset(), d.Decimal(), d.Maybe(), d.Maybe(), d.Text(), d.Text()) { Hedge = d.Maybe() }),
        ["plan-closed"] = Of(d => new PlanClosed(
            d.Int(), PlanOutcome.Residual, d.Decimal(), d.Decimal(), d.Long(), d.Many(() => new Remainder(d.Asset(), d.Decimal(), d.Maybe(), d.Bool())))
        {
            Carried = d.Maybe() ?? 0m,
        }),
        ["plan-settled"] = Of(d => new PlanSettled(d.Int(), d.Int(), PlanOutcome.Unwound, d.Asset(), d.Decimal(), d.Int())),
        ["posted"] = Of(d => new Posted(
            PostingReason.Fill, d.Int(), d.Id(), (ulong)d.Long(), d.Many(() => new PostingLine(Account.Fees, d.Asset(), new VenueId("a-venue"), d.Decimal())))),
        ["risk-level-changed"] = Of(d => new RiskLevelChanged(RiskLevel.Active, RiskLevel.Halted, d.Text(), d.Losses())),
        ["breaker-changed"] = Of(d => new BreakerChanged(d.Text(), BreakerState.HalfOpen, d.Text(), d.Long(), d.Long())),
        ["loss-recorded"] = Of(d => new LossRecorded(d.Int(), d.Decimal(), d.Losses())),
        ["settings-changed"] = Of(d => new SettingsChanged(d.Long(), d.Text(), d.Text(), d.Many(() => new ChangedSetting(d.Text(), d.Text(), d.Text())))),
        ["settings-kept"] = Of(d => new SettingsKept(d.Long(), d.Long(), d.Text(), d.Text(), d.Text())),
        ["residual-recorded"] = Of(d => new ResidualRecorded(d.Asset(), d.Decimal(), d.Decimal())),
        ["opening-taken"] = Of(d => new OpeningTaken(d.Int(), d.Int(), d.Int(), d.Int())),
        ["plan-resumed"] = Of(d => new PlanResumed(d.Int(), d.Int(), d.Int(), d.Decimal())),
        ["reconciled"] = Of(d => new Reconciled(new VenueId("a-venue"), d.Bool(), d.Int(), d.Int(), d.Int(), d.Long(), d.Text())),
        ["balance-drifted"] = Of(d => new BalanceDrifted(new Holding(d.Asset(), new VenueId("a-venue")), d.Decimal(), d.Decimal(), d.Decimal())),
        ["order-unowned"] = Of(d => new OrderUnowned(new VenueId("a-venue"), d.Id(), d.Text())),
        ["residual-declared"] = Of(d => new ResidualDeclared(
            d.Int(), d.Int(), new Holding(d.Asset(), new VenueId("a-venue")), d.Decimal(), d.Asset(), d.Decimal(), d.Maybe())
        {
            EarlierSession = d.Bool() ? 7 : 0,
            IsComingHome = d.Bool(),
        }),
        ["residual-taken"] = Of(d => new ResidualTaken(d.Int(), d.Int(), d.Text())),
        ["policy-chosen"] = Of(d => new PolicyChosen(d.Int(), d.Text(), d.Decimal(), d.Decimal(), d.Decimal(), d.Decimal(), d.Many(d.Decimal))),
        ["order-absent"] = Of(d => new OrderAbsent(d.Id(), d.Int(), d.Int())),
        ["plan-restated"] = Of(d => new PlanRestated(d.Int(), d.Int(), d.Id(), (ulong)d.Long(), d.Decimal(), d.Decimal(), d.Maybe(), d.Text())),
        ["trade-reversed"] = Of(d => new TradeReversed(
            d.Id(), (ulong)d.Long(), d.Int(), d.Int(), new Holding(d.Asset(), new VenueId("a-venue")), d.Decimal(), new Holding(d.Asset(), new VenueId("a-venue")), d.Decimal(), d.Text())),
        ["journal-gap"] = Of(d => new JournalGap(d.Long(), d.Long(), d.Int(), d.Int(), d.Int())),
        ["order-event"] = (d => Written(d.OrderEvent()), payload => Written(ReadEvent(payload))),
    };

    public static TheoryData<string> Names() => [.. Kinds.Keys];

    [Fact]
    public void Every_kind_of_decision_is_covered() => Assert.Equal(Enum.GetValues<DecisionKind>().Length + 1, Kinds.Count);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_written_is_read_back_to_the_bit(string kind)
    {
        var (sample, readAndWrite) = Kinds[kind];
        for (var seed = 1UL; seed <= Samples; seed++)
        {
            var bytes = sample(new Draw(seed));

            Assert.True(bytes.AsSpan().SequenceEqual(readAndWrite(bytes)), $"{kind}, seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Damaged_bytes_are_a_malformed_record_or_another_value_and_nothing_else(string kind)
    {
        var (sample, readAndWrite) = Kinds[kind];
        var refused = 0;
        for (var seed = 1UL; seed <= Samples * 5; seed++)
        {
            var draw = new Draw(seed);
            var bytes = draw.Damage(sample(draw));
            try
            {
                readAndWrite(bytes);
            }
            catch (MalformedRecordException)
            {
                refused++;
            }
            catch (Exception other)
            {
                throw new InvalidOperationException($"{kind}, seed {seed}: {other.GetType().Name} {other.Message}", other);
            }
        }

        Assert.True(refused > 0, "No damage was ever found: the test says nothing.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("no code")]
    [InlineData("AN-ASSET-CODE-TOO-LONG")]
    public void A_text_that_is_no_asset_code_is_a_malformed_record(string code)
    {
        var bytes = new PayloadWriter().Int32(1).Byte(1).Text(code).Decimal(1m).Written.ToArray();

        Assert.Throws<MalformedRecordException>(() => Kinds["leg-decided"].ReadAndWrite(bytes));
    }

    [Fact]
    public void A_free_fill_needs_no_fee_asset()
    {
        var fill = new OrderEvent { Id = new ClientOrderId(1), Type = OrderEventType.Filled, Fill = new Level(1, 1), TradeId = 1, Reason = "" };

        Assert.Equal(fill, ReadEvent(Written(fill)));
    }

    private static (Func<Draw, byte[]> Sample, Codec ReadAndWrite) Of<T>(Func<Draw, T> draw)
        where T : struct, IDecision<T> =>
        (d => Written(draw(d)), payload =>
        {
            var reader = new PayloadReader(payload);
            return Written(T.Read(ref reader));
        }
    );

    private static byte[] Written<T>(in T decision)
        where T : struct, IDecision<T>
    {
        var writer = new PayloadWriter();
        decision.Write(writer);
        return writer.Written.ToArray();
    }

    private static byte[] Written(OrderEvent told) => told.Write(new PayloadWriter()).ToArray();

    private static OrderEvent ReadEvent(ReadOnlySpan<byte> payload)
    {
        var frame = new byte[RecordFramer.RecordSize(payload.Length)];
        RecordFramer.Write(frame, new OrderEvent { Id = default, Type = OrderEventType.Filled }.Header(0, 0), payload, 1);
        // Without the padding, so that a missing byte is missing.
        return OrderEvent.Read(new Record(frame.AsSpan(0, RecordHeader.Size + payload.Length)));
    }

    /// <summary>Values of all sizes from a seed (SplitMix64).</summary>
    internal sealed class Draw(ulong seed)
    {
        private ulong _state = seed;

        public long Long() => (long)(Next() >> (int)(Next() % 64));

        public int Int() => (int)Next();

        public byte Byte() => (byte)Next();

        public bool Bool() => (Next() & 1) == 1;

        public Side Side() => Bool() ? Domain.Side.Buy : Domain.Side.Sell;

        public ClientOrderId Id() => new(Next());

        public decimal Decimal() => new((int)Next(), (int)Next(), Bool() ? (int)Next() : 0, Bool(), (byte)(Next() % 29));

        public decimal? Maybe() => Bool() ? Decimal() : null;

        public Asset Asset() => new(string.Concat(Enumerable.Range(0, 1 + (int)(Next() % 20)).Select(_ => "ABCZ09.-"[(int)(Next() % 8)])));

        public string Text() => string.Concat(Enumerable.Range(0, (int)(Next() % 40)).Select(_ => "az>\n\"€\u0000 "[(int)(Next() % 8)]));

        public LossMemory Losses() => new(
            RiskLevel.Restricted, Long(), Text(), Bool(), Decimal(), Decimal(), Decimal(), Decimal(), Long(), Int(), Decimal(), Long());

        public T[] Many<T>(Func<T> one) => [.. Enumerable.Range(0, (int)(Next() % 9)).Select(_ => one())];

        public OrderEvent OrderEvent() => new()
        {
            Id = Id(),
            Type = OrderEventType.Filled,
            Side = Side(),
            Fill = new Level(Long(), Long()),
            Fee = Decimal(),
            FeeAsset = Asset(),
            TradeId = Next(),
            Reason = Text(),
        };

        /// <summary>A few flipped bytes, a cut, or noise.</summary>
        public byte[] Damage(byte[] bytes)
        {
            switch (Next() % 3)
            {
                case 0:
                    return bytes[..(int)(Next() % (ulong)bytes.Length)];
                case 1:
                    return [.. Enumerable.Range(0, (int)(Next() % 200)).Select(_ => Byte())];
                default:
                    for (var i = 0; i < 1 + (int)(Next() % 4); i++)
                    {
                        bytes[Next() % (ulong)bytes.Length] = Byte();
                    }

                    return bytes;
            }
        }

        private ulong Next()
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}

using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Arming;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Tests.Decisions;

/// <summary>What people are told of the journal: the same words in the audit and in alerts.</summary>
public sealed class NotableTests
{
    private static readonly VenueId Kraken = new("kraken");
    private readonly PayloadWriter _payload = new();

    [Fact]
    public void An_operators_command_names_who_gave_it_and_why()
    {
        Assert.Equal(new Notable("kill", Weight.Critical, "Trading was stopped (page): enough"), Told(InputKind.Kill, Command("enough", "page")));
        Assert.Equal(new Notable("resume", Weight.Notice, "Trading goes on: go"), Told(InputKind.Resume, Command("go", "")));
        Assert.Equal(new Notable("command-refused", Weight.Warning, "A command was refused (telegram): unknown chat 6: /kill"), Told(InputKind.CommandRefused, Command("unknown chat 6: /kill", "telegram")));
        Assert.Equal(
            new Notable("arm", Weight.Warning, "Orders are real until 1970-01-01T00:00:01.000000000Z or a loss of 100 (cli): trial"),
            Told(ArmCommand.RecordKind, new ArmCommand(UtcNanos.PerSecond, 100m, "trial", "cli").Write(_payload)));
        Assert.Equal(
            new Notable("breaker-trip", Weight.Warning, "Breaker venue:kraken was opened by hand (cli): odd fills"),
            Told(RiskInput.Breaker, new BreakerCommand("venue:kraken", true, "odd fills", "cli").Write(_payload)));
        Assert.Equal(
            new Notable("residual-work-off", Weight.Notice, "Residual 3 is to be worked off (page): now"),
            Told(ResidualCommand.RecordKind, new ResidualCommand(3, ResidualWish.WorkOff, new OperatorCommand("now", "page")).Write(_payload)));
    }

    [Theory]
    [InlineData(VenueCondition.Online, Weight.Notice, "kraken is online")]
    [InlineData(VenueCondition.CancelOnly, Weight.Warning, "kraken is cancel-only")]
    [InlineData(VenueCondition.Maintenance, Weight.Warning, "kraken is maintenance")]
    [InlineData(VenueCondition.Halted, Weight.Critical, "kraken is halted")]
    public void A_venue_that_takes_no_orders_is_a_warning_and_one_we_halted_is_critical(VenueCondition condition, Weight weight, string text)
    {
        var status = new VenueStatus(Kraken, condition, "", "");
        Assert.Equal(new Notable("venue-status", weight, text), Told(status.Header(0, 0), status.Write(_payload)));

        var because = status with { Reason = "nonce", Text = "Another program uses this key." };
        Assert.Equal($"{text}: nonce: Another program uses this key.", Told(because.Header(0, 0), because.Write(_payload))?.Text);
    }

    [Fact]
    public void A_balance_that_drifted_names_asset_and_amounts()
    {
        var drift = new BalanceDrifted(new Holding(new Asset("BTC"), Kraken), 1.05m, 1.00m, 0.00000001m);

        Assert.Equal(
            new Notable("balance-drift", Weight.Critical, "The balance of BTC@kraken differs by -0.05: the venue has 1, the ledger 1.05"), Decided(drift));
    }

    [Fact]
    public void What_is_left_behind_is_a_warning_with_its_worth()
    {
        var left = new ResidualDeclared(2, 17, new Holding(new Asset("ETH"), Kraken), 0.5m, new Asset("USD"), 900m, 880.5m);

        Assert.Equal(new Notable("residual", Weight.Warning, "Plan 17 left 0.5 ETH@kraken behind (residual 2), worth 880.5 USD then"), Decided(left));
        Assert.Equal("Plan 17 left 0.5 ETH@kraken behind (residual 2), which no book took", Decided(left with { Mark = null })?.Text);
    }

    [Theory]
    [InlineData(RiskLevel.Active, RiskLevel.Cautious, Weight.Warning)]
    [InlineData(RiskLevel.Cautious, RiskLevel.Halted, Weight.Critical)]
    [InlineData(RiskLevel.Halted, RiskLevel.Active, Weight.Notice)]
    public void A_trading_state_that_gets_worse_weighs_more_than_one_that_gets_better(RiskLevel from, RiskLevel to, Weight weight)
    {
        var told = Decided(new RiskLevelChanged(from, to, "daily-loss", default(Parallax.Trading.Risk.Losses.LossMemory) with { Why = "" }));

        Assert.Equal(("risk-level", weight), (told?.Code, told?.Weight));
        Assert.Equal($"Trading state {from} → {to}: daily-loss", told?.Text, ignoreCase: true);
    }

    [Fact]
    public void A_change_of_settings_says_who_what_and_from_what_to_what()
    {
        ChangedSetting[] changes = [new("limits.min-edge-bps", "", "4"), new("limits.open-plans", "4", "2")];

        Assert.Equal(
            new Notable("settings-changed", Weight.Notice, "Settings are at version 2: limits.min-edge-bps as usual → 4, limits.open-plans 4 → 2 (cli): calm"),
            Decided(new SettingsChanged(2, "cli", "calm", changes)));
        Assert.Equal(
            new Notable("settings-refused", Weight.Notice, "A change of settings was kept out, they stay at version 3: they were changed since (page): mine"),
            Decided(new SettingsKept(2, 3, "page", "mine", "they were changed since")));
        var note = new SettingsWritten(2, true, "parallax.yaml", "", new OperatorCommand("calm", "cli"), changes[1..]);
        Assert.Equal(
            new Notable("settings-written", Weight.Notice, "parallax.yaml has limits.open-plans 4 → 2 for later sessions (cli): calm"), Told(SettingsWritten.RecordKind, note.Write(_payload)));
        Assert.Equal(
            new Notable("settings-not-written", Weight.Warning, "limits.open-plans 4 → 2 holds in this session only, as parallax.yaml was changed (cli): calm"),
            Told(SettingsWritten.RecordKind, (note with { IsWritten = false, Why = "parallax.yaml was changed" }).Write(_payload)));
    }

    [Fact]
    public void A_breaker_that_opens_warns()
    {
        Assert.Equal(new Notable("breaker", Weight.Warning, "Breaker global is open: error-rate"), Decided(new BreakerChanged("global", BreakerState.Open, "error-rate", 1, 2)));
        Assert.Equal(Weight.Notice, Decided(new BreakerChanged("global", BreakerState.Closed, "probe", 0, 0))?.Weight);
    }

    [Fact]
    public void The_engines_own_stops_are_told()
    {
        Assert.Equal(new Notable("halted", Weight.Critical, "The engine stopped trading: over-fill"), Decided(new TradingHalted("over-fill")));
        Assert.Equal(new Notable("disarmed", Weight.Warning, "The session disarmed itself (loss) at a loss of 101.5 of 100"), Decided(new Disarmed("loss", 101.5m, 100m)));
        Assert.Equal("foreign-order", Decided(new OrderUnowned(Kraken, default, "OABC-1"))?.Code);
        Assert.Equal("order-unowned", Decided(new OrderUnowned(Kraken, new ClientOrderId(7), "OABC-1"))?.Code);
    }

    [Fact]
    public void Everyday_is_not_told()
    {
        Assert.Null(Decided(new OpportunityOpened(1, "USD>BTC>ETH>USD", 3m)));
        Assert.Null(Decided(new BookInvalidated("checksum")));
    }

    [Fact]
    public void Half_a_record_is_a_malformed_one_and_nothing_else()
    {
        new BalanceDrifted(new Holding(new Asset("BTC"), Kraken), 1m, 2m, 0m).Write(_payload.Restart());
        var whole = _payload.Written.ToArray();
        // What a record lacks of its last eight bytes is padding again.
        for (var length = 0; length < whole.Length - 8; length++)
        {
            var half = whole[..length];
            Assert.Throws<MalformedRecordException>(() => Told((byte)DecisionKind.BalanceDrifted, half));
        }
    }

    private ReadOnlySpan<byte> Command(string reason, string who) => new OperatorCommand(reason, who).Write(_payload);

    private Notable? Decided<T>(T decision)
        where T : IDecision<T>
    {
        decision.Write(_payload.Restart());
        return Told((byte)T.Kind, _payload.Written);
    }

    private static Notable? Told(byte kind, ReadOnlySpan<byte> payload) => Told(InputKind.Header(kind, 1), payload);

    private static Notable? Told(RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[RecordFramer.RecordSize(payload.Length)];
        RecordFramer.Write(frame, header, payload, 1);
        return Notable.TryRead(new Journal.Framing.Record(frame), out var notable) ? notable : null;
    }
}

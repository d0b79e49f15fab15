using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Arming;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Tests.Engine;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.Trading.Tests.Arming;

public sealed class ArmingTests
{
    private readonly HandFed _hand = new(settings => settings with { NeedsArming = true });

    [Fact]
    public void A_live_session_begins_disarmed_and_sends_nothing_of_what_it_would_have_done()
    {
        _hand.Open();

        Assert.Empty(_hand.Orders);
        var refused = _hand.Only<OpportunityRefused>();
        Assert.Equal(("disarmed", 1_000m, HandFed.Profit), (refused.Reason, refused.Input, refused.Profit));
        Assert.Equal("never-armed", _hand.Engine.Arming.WhyDisarmed);
    }

    [Fact]
    public void Armed_the_same_opportunity_is_taken()
    {
        _hand.Quiet().Input(InputKind.Arm, Armed(_hand, 60)).Open();

        Assert.Single(_hand.Orders);
        Assert.True(_hand.Engine.Arming.IsArmed);
        Assert.Contains(Enumerable.Range(0, _hand.Journal.Count), i => _hand.Journal[i].Header.Kind == InputKind.Arm);
    }

    [Fact]
    public void Arming_ends_at_its_time_and_the_journal_says_so()
    {
        _hand.Quiet().Input(InputKind.Arm, Armed(_hand, 60)).Wake().Open();

        Assert.Empty(_hand.Orders);
        Assert.Equal(new Disarmed("expired", 0m, 100m), _hand.Only<Disarmed>());
        Assert.Equal("expired", _hand.Engine.Arming.WhyDisarmed);
    }

    [Fact]
    public void An_operator_takes_it_back_at_any_time()
    {
        _hand.Quiet().Input(InputKind.Arm, Armed(_hand, 60)).Input(InputKind.Disarm, Command("enough")).Open();

        Assert.Empty(_hand.Orders);
        Assert.Equal("operator", _hand.Engine.Arming.WhyDisarmed);
    }

    [Fact]
    public void A_loss_that_reaches_what_was_allowed_disarms_and_one_below_it_does_not()
    {
        var loss = -AfterLoss(10_000m).Only<PlanClosed>().Realised;
        Assert.True(loss > 0m);

        var disarmed = AfterLoss(loss);
        Assert.Equal("loss", disarmed.Engine.Arming.WhyDisarmed);
        Assert.Equal(new Disarmed("loss", loss, loss), disarmed.Only<Disarmed>());
        Assert.True(AfterLoss(loss + 0.01m).Engine.Arming.IsArmed);

        // Leg one fills, the way on is gone, and the way back costs the spread and two fees.
        static HandFed AfterLoss(decimal max)
        {
            var hand = new HandFed(settings => settings with { NeedsArming = true });
            return hand.Quiet().Input(InputKind.Arm, Armed(hand, 3_600, max)).Open()
                .FillAll(1).Book(HandFed.EthUsd, [(5m, 200m)], [(11.1m, 200m)]).Miss(2).FillAll(3);
        }
    }

    [Fact]
    public void What_is_open_when_it_disarms_is_finished()
    {
        _hand.Quiet().Input(InputKind.Arm, Armed(_hand, 60)).Open();
        _hand.Input(InputKind.Disarm, Command("enough")).FillAll(1).FillAll(2).FillAll(3);

        Assert.Equal(3, _hand.Orders.Count);
        Assert.Equal(PlanOutcome.Completed, _hand.Only<PlanClosed>().Outcome);
    }

    [Fact]
    public void While_it_is_killed_it_cannot_be_armed()
    {
        _hand.Quiet().Command(InputKind.Kill, "stop").Input(InputKind.Arm, Armed(_hand, 60)).Command(InputKind.Resume, "go").Open();

        Assert.Empty(_hand.Orders);
        Assert.False(_hand.Engine.Arming.IsArmed);
    }

    [Fact]
    public void An_end_that_is_over_arms_nothing()
    {
        _hand.Quiet().Input(InputKind.Arm, Armed(_hand, 0)).Open();

        Assert.False(_hand.Engine.Arming.IsArmed);
        Assert.Empty(_hand.Orders);
    }

    [Fact]
    public void Where_no_money_is_at_stake_nothing_needs_arming()
    {
        var hand = new HandFed();

        hand.Open();

        Assert.Single(hand.Orders);
        Assert.Equal((false, null), (hand.Engine.Arming.IsRequired, hand.Engine.Arming.WhyDisarmed));
    }

    [Fact]
    public void No_setting_arms()
    {
        var settings = _hand.Settings;

        Assert.Contains("needs-arming=true", settings.Canonical(), StringComparison.Ordinal);
        Assert.True(EngineSettings.FromCanonical(settings.Canonical()).NeedsArming);
        Assert.DoesNotContain(typeof(EngineSettings).GetProperties(), property => property.Name.Contains("IsArmed", StringComparison.Ordinal));
        Assert.DoesNotContain("needs-arming", new HandFed().Settings.Canonical(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_reads_as_it_was_written()
    {
        var command = new ArmCommand(42, 12.5m, "trial", "cli");
        var record = new byte[256];
        var payload = command.Write(new PayloadWriter());
        var size = RecordFramer.Write(record, InputKind.Header(InputKind.Arm, 7), payload, 1);

        Assert.Equal(command, ArmCommand.Read(new Record(record.AsSpan(0, size))));
    }

    private static byte[] Armed(HandFed hand, int seconds, decimal lossMax = 100m) =>
        new ArmCommand(hand.Now + (seconds * UtcNanos.PerSecond), lossMax, "trial", "test").Write(new PayloadWriter()).ToArray();

    private static byte[] Command(string reason) => new OperatorCommand(reason, "test").Write(new PayloadWriter()).ToArray();
}

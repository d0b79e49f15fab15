using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Tests.Engine;

/// <summary>Settings that change while the session runs (scenarios E6, E7, E8).</summary>
public sealed class SettingsChangeTests
{
    [Fact]
    public void E7_Another_limit_holds_from_the_next_decision_on()
    {
        var hand = new HandFed().Quiet();

        hand.Give(Change(1, ("limits.net-edge-bps", "9999"))).Book(HandFed.EthUsd, [(11m, 200m)], [(11.1m, 200m)]);

        Assert.Equal(("net-edge", 9_999m), (hand.Only<OpportunityRefused>().Reason, hand.Only<OpportunityRefused>().Threshold));
        Assert.Empty(hand.Orders);
        var changed = hand.Only<SettingsChanged>();
        Assert.Equal((2L, "cli", "a test"), (changed.Version, changed.Who, changed.Reason));
        Assert.Equal([new ChangedSetting("limits.net-edge-bps", "1", "9999")], changed.Changes.ToArray());
        Assert.Equal((2L, 9_999m), (hand.Engine.SettingsVersion, hand.Engine.Settings.Limits.NetEdgeBpsMin));

        hand.Give(Change(2, ("limits.net-edge-bps", "1"))).Book(HandFed.EthUsd, [(11m, 201m)], [(11.1m, 200m)]);
        Assert.Single(hand.Orders);
    }

    [Fact]
    public void E7_An_open_plan_keeps_the_settings_it_was_opened_with()
    {
        var hand = new HandFed(settings => settings with { Execution = settings.Execution with { ResidualNanosMax = UtcNanos.PerSecond } }).Open().FillPart(1, 5m);

        hand.Give(Change(1, ("execution.residual-ns", "0"))).BookLost(HandFed.BtcUsd).BookLost(HandFed.EthBtc).Miss(2);

        // By the settings of now its money would be a residual at once.
        Assert.Equal(1, hand.Engine.Executor.OpenCount);
        Assert.Empty(hand.All<ResidualDeclared>());
    }

    [Fact]
    public void E7_A_plan_that_is_opened_later_has_the_settings_of_then()
    {
        var hand = new HandFed(settings => settings with { Execution = settings.Execution with { ResidualNanosMax = UtcNanos.PerSecond } });

        hand.Give(Change(1, ("execution.residual-ns", "0"))).Open().FillPart(1, 5m).BookLost(HandFed.BtcUsd).BookLost(HandFed.EthBtc).Miss(2);

        Assert.Equal(0, hand.Engine.Executor.OpenCount);
        Assert.Single(hand.All<ResidualDeclared>());
    }

    [Fact]
    public void E8_Of_two_changes_of_the_same_settings_the_second_is_kept_out()
    {
        var hand = new HandFed().Quiet().Give(Change(1, ("limits.net-edge-bps", "7")));

        hand.Give(Change(1, ("limits.net-edge-bps", "8")));

        Assert.Equal(7m, hand.Engine.Settings.Limits.NetEdgeBpsMin);
        Assert.Equal(new SettingsKept(1, 2, "cli", "a test", "they were changed since"), hand.Only<SettingsKept>());
    }

    [Theory]
    [InlineData("limits.net-edge-bps", "much", "number")]
    [InlineData("limits.net-edge-bps", "-1", "must be from 0 to 10000; found -1")]
    [InlineData("limits.no-such", "1", "no setting 'limits.no-such'")]
    [InlineData("execution.kill-policy", "1", "does not change")]
    [InlineData("execution.survey-every-ns", "1", "does not change")]
    [InlineData("capital.USD", "1000000", "does not change")]
    [InlineData("needs-arming", "", "does not change")]
    [InlineData("execution.orders-max", "1", "3 to 1000 orders; found 1")]
    public void E6_A_change_with_one_wrong_value_changes_nothing(string key, string value, string why)
    {
        var hand = new HandFed().Quiet();
        var before = hand.Engine.Settings.Canonical();

        hand.Give(Change(1, ("limits.open-plans", "2"), (key, value)));

        Assert.Equal((before, 1L), (hand.Engine.Settings.Canonical(), hand.Engine.SettingsVersion));
        Assert.Contains(why, hand.Only<SettingsKept>().Why, StringComparison.Ordinal);
        Assert.Empty(hand.All<SettingsChanged>());
    }

    [Fact]
    public void A_line_that_is_only_written_where_it_differs_comes_and_goes()
    {
        var hand = new HandFed().Quiet().Give(Change(1, ("execution.residual-look-ns", "1000000000")));
        Assert.Equal(UtcNanos.PerSecond, hand.Engine.Settings.Execution.ResidualLookNanos);
        Assert.Equal(hand.Now + UtcNanos.PerSecond, hand.Engine.Deadlines.Next);

        hand.Give(Change(2, ("execution.residual-look-ns", "")));

        Assert.Equal(0, hand.Engine.Settings.Execution.ResidualLookNanos);
        Assert.Equal([new ChangedSetting("execution.residual-look-ns", "1000000000", "")], hand.All<SettingsChanged>()[1].Changes.ToArray());
        hand.Wake();
        Assert.Equal(long.MaxValue, hand.Engine.Deadlines.Next);
    }

    [Fact]
    public void Quiet_hours_and_stable_coins_may_change_too()
    {
        var hand = new HandFed().Quiet().Give(Change(1, ("limits.quiet-hours", "00:00-23:59"), ("limits.stable-coins", "USDT")));

        hand.Book(HandFed.EthUsd, [(11m, 200m)], [(11.1m, 200m)]);

        Assert.Equal("quiet-hours", hand.Only<OpportunityRefused>().Reason);
        Assert.Equal("USDT", hand.Engine.Settings.Limits.StableCoins.ToString());
    }

    [Fact]
    public void A_change_before_the_first_book_stands_in_what_the_session_starts_with()
    {
        var hand = new HandFed().Give(Change(1, ("limits.open-plans", "2"))).Open();

        Assert.Contains("limits.open-plans=2\n", hand.Only<SessionStarted>().Settings, StringComparison.Ordinal);
    }

    private static SettingsChange Change(long version, params (string Key, string Value)[] values) =>
        new(version, [.. values.Select(value => KeyValuePair.Create(value.Key, value.Value))], new OperatorCommand("a test", "cli"));
}

using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Parallax.Domain;
using Parallax.Testing;
using Parallax.Venues.Kraken.Feed.Messages;
using Parallax.Venues.Kraken.Live;

namespace Parallax.Venues.Tests.Kraken.Live;

public sealed class AccountBalancesTests
{
    private static readonly string[] Assets = ["BTC", "ETH", "USD", "USDT", "XDG", "DOT.S"];
    private static readonly Asset Bitcoin = new("BTC");
    private static readonly Asset Dollar = new("USD");

    private readonly AccountBalances _balances = new();

    public static TheoryData<string> Recorded => KrakenFixtures.Files("ws_balances*");

    [SharedTheory]
    [MemberData(nameof(Recorded))]
    public void Recorded_balances_hold_until_a_number_is_missing(string file)
    {
        ulong last = 0;
        foreach (var message in KrakenFixtures.Frames(file).Select(frame => Assert.IsType<BalancesMessage>(FeedMessage.Read(frame.Frame))))
        {
            var isExpected = message.IsSnapshot || (_balances.Current is not null && message.Sequence == last + 1);
            _balances.Take(message, now: (long)message.Sequence);
            last = message.Sequence;

            Assert.Equal(isExpected, _balances.Current is not null);
            Assert.Equal(!isExpected, _balances.IsLost);
            Assert.All(message.Rows.Where(row => isExpected && row.IsTradable), row => Assert.Equal(row.Balance, _balances.Current!.ByAsset[new Asset(row.Asset)]));
        }
    }

    [Fact]
    public void A_snapshot_and_its_updates_give_the_last_balance_of_each_asset_and_a_gap_gives_none_until_the_next_snapshot() =>
        Prop.ForAll(Script().ToArbitrary(), script =>
        {
            var balances = new AccountBalances();
            SortedDictionary<Asset, decimal>? expected = null;
            ulong sequence = 0;
            var now = 0L;
            foreach (var (step, rows) in script)
            {
                now++;
                sequence = step switch { Step.Snapshot => 1, Step.Gap => sequence + 2, Step.Repeat => sequence, _ => sequence + 1 };
                balances.Take(Message(step == Step.Snapshot, sequence, rows), now);
                if (step == Step.Snapshot)
                {
                    expected = [];
                }
                else if (step == Step.Gap)
                {
                    expected = null;
                }

                if (expected is not null && step != Step.Repeat)
                {
                    foreach (var (asset, wallet, balance) in rows.Where(row => row.Wallet == "main" && row.Asset != "DOT.S"))
                    {
                        expected[new Asset(asset == "XDG" ? "DOGE" : asset)] = balance;
                    }

                    Assert.Equal(now, balances.Current!.Time);
                }

                Assert.Equal(expected, balances.Current?.ByAsset);
                Assert.Equal(expected is null, balances.IsLost);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void An_update_before_any_snapshot_tells_nothing_but_that_the_snapshot_was_missed()
    {
        _balances.Take(Message(isSnapshot: false, 2, [("BTC", "main", 1m)]), now: 1);

        Assert.Null(_balances.Current);
        Assert.True(_balances.IsLost);
    }

    [Fact]
    public void What_was_read_does_not_change_when_the_next_message_comes()
    {
        _balances.Take(Message(isSnapshot: true, 1, [("BTC", "main", 1m), ("USD", "main", 5.0000m)]), now: 1);
        var before = _balances.Current!;
        _balances.Take(Message(isSnapshot: false, 2, [("BTC", "main", 0m)]), now: 2);

        Assert.Equal((1m, 5m, 1L), (before.ByAsset[Bitcoin], before.ByAsset[Dollar], before.Time));
        Assert.Equal((0m, 5m, 2L), (_balances.Current!.ByAsset[Bitcoin], _balances.Current.ByAsset[Dollar], _balances.Current.Time));
    }

    private static Gen<(Step Step, (string Asset, string Wallet, decimal Balance)[] Rows)[]> Script()
    {
        var row =
            from asset in Gen.Elements(Assets)
            from wallet in Gen.Frequency((5, Gen.Constant("main")), (1, Gen.Constant("flex")))
            from units in Gen.Choose(0, int.MaxValue)
            select (asset, wallet, units / 10_000m);
        var step =
            from kind in Gen.Frequency((6, Gen.Constant(Step.Next)), (1, Gen.Constant(Step.Repeat)), (1, Gen.Constant(Step.Gap)), (1, Gen.Constant(Step.Snapshot)))
            from rows in row.ArrayOf(2)
            select (kind, rows);
        return
            from first in row.ArrayOf(4)
            from steps in step.ListOf()
            select (((Step, (string, string, decimal)[])[])[(Step.Snapshot, first), .. steps]);
    }

    /// <summary>As the venue writes it, and read as from the venue.</summary>
    internal static BalancesMessage Message(bool isSnapshot, ulong sequence, params (string Asset, string Wallet, decimal Balance)[] rows) =>
        Assert.IsType<BalancesMessage>(FeedMessage.Read(Encoding.UTF8.GetBytes(Text(isSnapshot, sequence, rows))));

    internal static string Text(bool isSnapshot, ulong sequence, params (string Asset, string Wallet, decimal Balance)[] rows)
    {
        var data = rows.Select(row => isSnapshot
            ? $$"""{"asset":"{{row.Asset}}","asset_class":"currency","balance":0,"wallets":[{"type":"{{Type(row.Wallet)}}","id":"{{row.Wallet}}","balance":{{Number(row.Balance)}}}]}"""
            : $$"""{"ledger_id":"L","ref_id":"T","type":"trade","asset":"{{row.Asset}}","wallet_type":"{{Type(row.Wallet)}}","wallet_id":"{{row.Wallet}}","amount":1,"fee":0,"balance":{{Number(row.Balance)}}}""");
        return $$"""{"channel":"balances","type":"{{(isSnapshot ? "snapshot" : "update")}}","data":[{{string.Join(',', data)}}],"sequence":{{sequence}}}""";

        static string Type(string wallet) => wallet == "main" ? "spot" : "earn";
        static string Number(decimal balance) => balance.ToString(CultureInfo.InvariantCulture);
    }

    internal enum Step
    {
        Next,
        Repeat,
        Gap,
        Snapshot,
    }
}

using System.Text;
using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Ledger;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Accounts;
using Xunit.Abstractions;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.Journey.Tests.Crash;

/// <summary>The real executable is killed with SIGKILL while it trades on a Kraken server, over and over; at the end two books are compared that did not copy from each other.</summary>
[Collection(OneDemoAtATime.Name)]
public sealed class CrashLoopTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>Every kill where everything is required, as CI does; fewer while somebody waits.</summary>
    private static readonly int Kills = Environment.GetEnvironmentVariable("PARALLAX_REQUIRE_ALL") == "1" ? 201 : 24;

    /// <summary>Accounts that are crashed side by side.</summary>
    private const int Workers = 3;

    private const string Words = "arm kraken to lose up to 1000 USD";

    /// <summary>Everything the engine writes around an order's life, the sending itself, and the steps of a restart.</summary>
    private static readonly string[] Points =
    [
        .. from name in new[] { "plan-opened", "order-intent", "order-event", "posted", "leg-decided", "plan-closed" }
           from when in new[] { "before", "after" }
           from count in new[] { 1, 2, 3 }
           select $"{when}:{name}:{count}",
        .. from when in new[] { "before", "after" } from count in new[] { 1, 2, 3 } select $"{when}:send:{count}",
        "before:session-started:1", "after:session-started:1", "before:reconciled:1", "after:reconciled:1", "before:arm:1", "after:arm:1",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-crash-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Killed_at_every_point_and_at_random_it_places_no_order_twice_loses_none_and_owns_what_the_venue_says()
    {
        var started = TimeProvider.System.GetTimestamp();
        var workers = Enumerable.Range(0, Workers).Select(worker => Task.Run(() => CrashAsync(worker))).ToList();
        var tallies = await Task.WhenAll(workers);

        var took = TimeProvider.System.GetElapsedTime(started);
        foreach (var tally in tallies)
        {
            output.WriteLine(tally.ToString());
        }

        output.WriteLine($"{tallies.Sum(tally => tally.Kills)} kills in {took.TotalSeconds:0} s.");
        Assert.Equal(Kills, tallies.Sum(tally => tally.Kills));
        Assert.True(tallies.Sum(tally => tally.Orders) > Kills / 2, "It hardly traded, so the kills prove little.");
        Assert.True(tallies.Sum(tally => tally.AtPoint) > Kills / 5, "Hardly any kill was at a named point.");
    }

    [Fact]
    public async Task C15_Restored_from_an_old_backup_it_books_what_it_missed_marks_the_gap_and_uses_no_id_again()
    {
        var account = Account(Workers);
        await using var server = await ServerAsync(account, 97);
        var (data, config) = Configure(Workers, server, account);
        await TradeAsync(server, account, data, config);
        var backup = Path.Combine(_folder, "backup");
        Copy(data, backup);
        await TradeAsync(server, account, data, config);
        await TradeAsync(server, account, data, config);
        var known = await server.Control.OrdersAsync(account.Key, CancellationToken.None);
        Directory.Delete(data, recursive: true);
        Copy(backup, data);

        await TradeAsync(server, account, data, config);

        var (gaps, fills, ids, balances) = (new List<JournalGap>(), new Dictionary<string, int>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal), new SortedDictionary<Asset, decimal>());
        Read(data, record =>
        {
            var payload = new PayloadReader(record.Payload);
            switch ((DecisionKind)record.Header.Kind)
            {
                case DecisionKind.SessionStarted:
                    balances.Clear();
                    break;
                case DecisionKind.JournalGap:
                    gaps.Add(JournalGap.Read(ref payload));
                    break;
                case DecisionKind.OrderIntent:
                    Assert.True(ids.Add(OrderIntent.Read(ref payload).Id.ToString()));
                    break;
                case DecisionKind.Posted:
                    Book(Posted.Read(ref payload), fills, balances);
                    break;
            }
        });
        var lost = known.Where(order => !ids.Contains(order.ClientId!)).ToList();
        var gap = Assert.Single(gaps);
        Assert.Equal((lost.Count(order => order.Trades > 0), lost.Sum(order => order.Trades)), (gap.Orders, gap.Trades));
        Assert.True(lost.Count > 0 && gap.SinceTime < gap.UntilTime && gap.LastSession == 3, $"{lost.Count} orders lost, {gap}");
        var orders = await server.Control.OrdersAsync(account.Key, CancellationToken.None);
        Assert.True(orders.Count > known.Count, "It did not trade after it was restored.");
        Assert.DoesNotContain(orders.GroupBy(order => order.ClientId), same => same.Count() > 1);
        Assert.All(orders, order => Assert.Equal(order.Trades, fills.GetValueOrDefault(order.ClientId!)));
        Assert.Equal(NotZero(await server.Control.BalancesAsync(account.Key, CancellationToken.None)), NotZero(balances));
        (await Executable.RunAsync("journal", "verify", Path.Combine(data, "journal"))).Done();
    }

    /// <summary>One session from its start to its end, with some orders in it.</summary>
    private static Task TradeAsync(KrakenServer server, KrakenAccount account, string data, string config) => SettleAsync(data, config, async () =>
    {
        var before = (await server.Control.OrdersAsync(account.Key, CancellationToken.None)).Count;
        var started = TimeProvider.System.GetTimestamp();
        while ((await server.Control.OrdersAsync(account.Key, CancellationToken.None)).Count < before + 5)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(1), "It does not trade.");
            await Task.Delay(50);
        }
    });

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static void Book(in Posted posted, Dictionary<string, int> fills, SortedDictionary<Asset, decimal> balances)
    {
        if (posted.Reason == PostingReason.Fill)
        {
            fills[posted.Order.ToString()] = fills.GetValueOrDefault(posted.Order.ToString()) + 1;
        }

        foreach (var line in posted.Lines.Span)
        {
            if (line.Account == Trading.Ledger.Account.Holdings)
            {
                balances[line.Asset] = balances.GetValueOrDefault(line.Asset) + line.Amount;
            }
        }
    }

    private async Task<Tally> CrashAsync(int worker)
    {
        var random = new Random(worker);
        var account = Account(worker);
        await using var server = await ServerAsync(account, (ulong)worker + 11);
        var (data, config) = Configure(worker, server, account);
        var points = new Queue<string>(Points.Where((_, i) => i % Workers == worker));
        var (kills, atPoint) = (0, 0);
        for (; kills < Kills / Workers; kills++)
        {
            // Points in turn, and every third time somewhere by chance, also while it starts.
            var point = kills % 3 == 2 ? null : points.Dequeue();
            if (point is not null)
            {
                points.Enqueue(point);
            }

            await using var live = LiveProcess.Start(data, config, point);
            if (point is null && random.Next(2) == 0)
            {
                await live.HasDiedWithinAsync(TimeSpan.FromMilliseconds(random.Next(2_000)));
            }
            else if (await live.TryArmAsync(Words, TimeSpan.FromSeconds(30)))
            {
                await live.HasDiedWithinAsync(point is null ? TimeSpan.FromMilliseconds(random.Next(1_000)) : TimeSpan.FromSeconds(2));
            }

            atPoint += live.HasExited ? 1 : 0;
            Assert.True(!live.HasExited || (point is not null && live.WasKilled), $"It ended by itself: {live.Told}");
            await live.KillAsync();
        }

        await SettleAsync(data, config);
        return await CompareAsync(server, account, data, kills, atPoint);
    }

    /// <summary>One more start, by the same path as ever: what is open is found and, once it may send, finished.</summary>
    /// <param name="whileArmed">What is waited for before it is disarmed.</param>
    private static async Task SettleAsync(string data, string config, Func<Task>? whileArmed = null)
    {
        await using var last = LiveProcess.Start(data, config, crashAt: null);
        Assert.True(await last.TryArmAsync(Words, TimeSpan.FromMinutes(1)), $"It was not armed: {last.Refusal} {last.Told}");
        await (whileArmed?.Invoke() ?? Task.CompletedTask);
        await last.DisarmAsync();
        var started = TimeProvider.System.GetTimestamp();
        while (await last.StatusAsync() is not { } status || (string)status["state"]! != "disarmed" || status["open_plans"]!.AsArray().Count > 0 || !HasReconciled(data))
        {
            Assert.False(last.HasExited, $"It ended by itself: {last.Told}");
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(1), $"It did not settle: {last.Told}{await last.StatusAsync()}");
            await Task.Delay(50);
        }

        Assert.Equal(0, await last.EndAsync());
    }

    /// <summary>Whether the last session of the journal has compared the venue's account with the ledger.</summary>
    private static bool HasReconciled(string data)
    {
        var has = false;
        Read(data, record =>
        {
            has = record.Header.Kind == (byte)DecisionKind.Reconciled || (has && record.Header.Kind != (byte)DecisionKind.SessionStarted);
        });
        return has;
    }

    private static async Task<Tally> CompareAsync(KrakenServer server, KrakenAccount account, string data, int kills, int atPoint)
    {
        var intents = new Dictionary<string, OrderIntent>(StringComparer.Ordinal);
        var fills = new Dictionary<string, int>(StringComparer.Ordinal);
        var balances = new SortedDictionary<Asset, decimal>();
        var sessions = 0;
        Read(data, record =>
        {
            var payload = new PayloadReader(record.Payload);
            switch ((DecisionKind)record.Header.Kind)
            {
                case DecisionKind.SessionStarted:
                    // A session begins with what the ones before left, and posts it: its own postings add up.
                    sessions++;
                    balances.Clear();
                    break;
                case DecisionKind.OrderIntent:
                    var intent = OrderIntent.Read(ref payload);
                    Assert.True(intents.TryAdd(intent.Id.ToString(), intent), $"The id {intent.Id} was used twice.");
                    break;
                case DecisionKind.Posted:
                    Book(Posted.Read(ref payload), fills, balances);
                    break;
            }
        });

        var orders = await server.Control.OrdersAsync(account.Key, CancellationToken.None);
        Assert.DoesNotContain(orders.GroupBy(order => order.ClientId), same => same.Count() > 1);
        Assert.All(orders, order => Assert.True(order.ClientId is not null && intents.ContainsKey(order.ClientId), $"No intent for {order}."));
        Assert.DoesNotContain(orders, order => order.IsOpen);
        Assert.All(orders, order => Assert.True(order.Trades == fills.GetValueOrDefault(order.ClientId!), $"{fills.GetValueOrDefault(order.ClientId!)} fills booked of {order}."));
        Assert.Empty(fills.Keys.Except(orders.Select(order => order.ClientId!)));
        var theirs = await server.Control.BalancesAsync(account.Key, CancellationToken.None);
        Assert.Equal(NotZero(theirs), NotZero(balances));
        (await Executable.RunAsync("journal", "verify", Path.Combine(data, "journal"))).Done();
        return new Tally(kills, atPoint, sessions, orders.Count, orders.Sum(order => order.Trades), intents.Count);
    }

    private static string NotZero(IEnumerable<KeyValuePair<Asset, decimal>> amounts) =>
        string.Join(", ", amounts.Where(held => held.Value != 0m).OrderBy(held => held.Key).Select(held => $"{Decimals.Plain(held.Value)} {held.Key.Code}"));

    private static void Read(string data, Action<Record> take)
    {
        using var reader = JournalReader.Open(Path.Combine(data, "journal"));
        while (reader.TryRead(out var record))
        {
            take(record);
        }
    }

    private static KrakenAccount Account(int worker) => new(
        $"crash-account-{worker}",
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"the secret of an account that lives for one test only, number {worker}..")),
        KrakenPermissions.Trading,
        new Dictionary<Asset, decimal> { [new Asset("USD")] = 10_000m });

    private static Task<KrakenServer> ServerAsync(KrakenAccount account, ulong seed) => KrakenServer.StartAsync(
        new KrakenServerOptions
        {
            Seed = seed,
            Instruments = 12,
            MarketRate = 400,
            Accounts = [account],
            Market = new KrakenServerOptions().Market with { MispricingsPerMinute = 600, MispricingFeeBps = 26, MispricingMarginBps = (20, 80), BriefPercent = 10 },
        },
        TimeProvider.System,
        CancellationToken.None);

    private (string Data, string Config) Configure(int worker, KrakenServer server, KrakenAccount account)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, $"{worker}")).FullName;
        foreach (var (name, text) in new[] { ("key", account.Key), ("secret", account.Secret) })
        {
            var path = Path.Combine(folder, name);
            File.WriteAllText(path, text);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }

        var config = Path.Combine(folder, "parallax.yaml");
        File.WriteAllText(config, $"""
            venues:
              kraken:
                endpoint: {server.Endpoint}
                api-key: file:key
                api-secret: file:secret
                tier: pro
            start-assets: USD
            recording:
              enabled: off
            limits:
              min-edge-bps: 1
              volatility: 1000
              spread-multiple: 1000
              orders-per-minute: 10000
              turnover-per-minute: 100000000
              asset-exposure: 1000000
              market-exposure: 1000000
              venue-exposure: 1000000
              total-exposure: 1000000
              daily-loss: 100000
              hourly-loss: 100000
              plan-loss: 100000
              loss-streak: 1000
              drawdown: 1
              breaker-failures: 1000
              breaker-error-rate: 1
            """);
        return (Path.Combine(folder, "data"), config);
    }

    private sealed record Tally(int Kills, int AtPoint, int Sessions, int Orders, int Trades, int Intents);
}

using Parallax.Cli.Config;
using Parallax.Cli.Systems;
using Parallax.Reporting.Sessions;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.Cli.Tests.Systems;

/// <summary>The demo's account, told by two who did not copy from each other: the venue server's books and our ledger.</summary>
public sealed class DemoBalancesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-demo-balances-").FullName;

    [Fact]
    public async Task A_demo_ends_with_the_venues_balances_equal_to_the_ledgers_to_the_last_unit_and_so_does_the_next_on_its_money()
    {
        for (ulong seed = 1; seed <= 2; seed++)
        {
            var report = await RunAsync(seed, FaultTerms.None, fillsMin: 6);

            Assert.Null(report.Fault);
            Assert.True(report.VenueBalances?.AreEqual, $"Session {report.Last.Session}: {report.VenueBalances}");
            Assert.Equal("equal", (string?)report.ToJson()["venue_balances"]);
        }
    }

    [Fact]
    public async Task Late_and_lost_acknowledgements_and_refusals_leave_the_balances_equal()
    {
        var report = await RunAsync(3, FaultTerms.Parse("delay=0.2,lost-ack=0.2,reject=0.1"), fillsMin: 6);

        Assert.Null(report.Fault);
        Assert.True(report.VenueBalances?.AreEqual, $"{report.VenueBalances}");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<SessionReport> RunAsync(ulong seed, FaultTerms faults, int fillsMin)
    {
        var settings = ParallaxSettings.Load(new SettingSources
        {
            Mode = DemoSystem.Mode,
            ModeDefaults = DemoSystem.Defaults,
            CommandLine = [("--data", SettingCatalog.DataFolder.Key, _folder), ("--min-edge", SettingCatalog.NetEdgeBpsMin.Key, "1")],
        });
        await using var demo = await DemoSystem.StartAsync(
            new DemoOptions { Settings = settings, Seed = seed, Instruments = 12, Faults = faults, IsHeadless = true }, TimeProvider.System, CancellationToken.None);
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (demo.Session.Current.Fills < fillsMin)
        {
            Assert.False(deadline.IsCancellationRequested, $"Two minutes, and only {demo.Session.Current.Fills} fills.");
            Assert.False(demo.Completion.IsCompleted, "The session ended by itself.");
            await Task.Delay(20);
        }

        return await demo.StopAsync();
    }
}

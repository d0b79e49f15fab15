using System.Text.Json;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.Cli.Tests.Market;

/// <summary>The verbs that watch a venue, against Kraken's server on loopback.</summary>
public sealed class MarketVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parallax-");

    [Fact]
    public async Task A_recording_of_a_faulty_venue_is_a_sound_tape_that_backtests()
    {
        await using var server = await StartAsync("checksum=0.01");
        var tape = Path.Combine(_folder.FullName, "kraken.tape");
        var recorded = await CommandLine.RunAsync(
            "record", "--symbols", "BTC/USD,ETH/USD,ETH/BTC", "--out", tape, "--for", "3s", "--trades", "--endpoint", server.Endpoint.ToString(), "--json");
        Assert.Equal("", recorded.Error);
        var summary = JsonDocument.Parse(recorded.Output).RootElement;
        Assert.Equal(3, summary.GetProperty("instruments").GetInt32());
        Assert.InRange(summary.GetProperty("records").GetInt64(), 10, long.MaxValue);

        Assert.Contains("sound", (await CommandLine.RunAsync("tape", "verify", tape)).Output, StringComparison.Ordinal);
        var backtest = await CommandLine.RunAsync("backtest", tape, "--capital", "USD=10000");
        Assert.Equal((ExitCodes.Done, ""), (backtest.ExitCode, backtest.Error));
    }

    [Fact]
    public async Task Fitness_has_a_row_a_market_within_eighty_columns()
    {
        await using var server = await StartAsync("");
        var run = await CommandLine.RunAsync("fitness", "--secs", "2", "--endpoint", server.Endpoint.ToString());

        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains("BTC/USD", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
    }

    [Fact]
    public async Task Fitness_prints_json()
    {
        await using var server = await StartAsync("");
        var run = await CommandLine.RunAsync("fitness", "--symbols", "BTC/USD", "--secs", "2", "--json", "--endpoint", server.Endpoint.ToString());
        var row = Assert.Single(JsonDocument.Parse(run.Output).RootElement.GetProperty("symbols").EnumerateArray());

        Assert.Equal("BTC/USD", row.GetProperty("symbol").GetString());
        Assert.True(row.GetProperty("spread_bps").GetDecimal() > 0m);
        Assert.True(row.GetProperty("depth_10bps_quote").GetDecimal() > 0m);
        Assert.Equal(0, row.GetProperty("checksum_failures").GetInt64());
    }

    [Fact]
    public async Task A_market_that_is_not_listed_is_named()
    {
        await using var server = await StartAsync("");
        var run = await CommandLine.RunAsync(
            "record", "--symbols", "FOO/BAR", "--out", Path.Combine(_folder.FullName, "x.tape"), "--endpoint", server.Endpoint.ToString());

        run.IsOneSentence(ExitCodes.Failed, "FOO/BAR");
        Assert.Empty(_folder.EnumerateFiles());
    }

    [Theory]
    [InlineData("--venue", "okx")]
    [InlineData("--endpoint", "nonsense")]
    [InlineData("--depth", "11")]
    [InlineData("--secs", "0")]
    public async Task A_wrong_value_is_named(string option, string value)
    {
        var run = await CommandLine.RunAsync("fitness", option, value);

        run.IsOneSentence(ExitCodes.WrongUsage, option, value);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Task<KrakenServer> StartAsync(string faults) =>
        KrakenServer.StartAsync(new KrakenServerOptions { Faults = FaultTerms.Parse(faults) }, TimeProvider.System, CancellationToken.None);
}

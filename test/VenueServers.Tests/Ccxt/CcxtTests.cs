using System.Diagnostics;
using System.Text.Json;
using Parallax.Testing;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Tests.Kraken;

namespace Parallax.VenueServers.Tests.Ccxt;

/// <summary>A client that neither of us wrote, and that trades on the venue itself, works against the server.</summary>
public sealed class CcxtTests
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan JourneyLimit = TimeSpan.FromMinutes(1);

    [NodeFact]
    public async Task The_public_ccxt_package_fetches_trades_and_verifies_books()
    {
        var folder = await InstallAsync();
        await using var server = await KrakenServer.StartAsync(
            new KrakenServerOptions { Accounts = [RestClient.Account()] }, TimeProvider.System, default);

        var text = await RunAsync(
            "node", folder, JourneyLimit, Path.Combine(folder, "journey.mjs"), server.Endpoint.ToString().TrimEnd('/'), RestClient.Key, RestClient.Secret);
        var seen = JsonSerializer.Deserialize<JsonElement>(text);

        Assert.False(seen.TryGetProperty("error", out var error), error.ToString());
        Assert.Equal(30, seen.GetProperty("markets").GetInt32());
        Assert.Equal(10, seen.GetProperty("bids").GetInt32());
        Assert.False(seen.GetProperty("isCrossed").GetBoolean());
        Assert.Equal(100_000, seen.GetProperty("usd").GetProperty("total").GetDecimal());
        var order = seen.GetProperty("order");
        Assert.Equal("open", order.GetProperty("status").GetString());
        Assert.True(order.GetProperty("isAsAsked").GetBoolean());
        Assert.Equal(0.01m, order.GetProperty("amount").GetDecimal());
        Assert.Equal([true], seen.GetProperty("open").EnumerateArray().Select(open => open.GetBoolean()));
        Assert.True(seen.GetProperty("heldUsd").GetDecimal() > 0);
        Assert.Equal("canceled", seen.GetProperty("statusAfterCancel").GetString());
        Assert.Equal(0, seen.GetProperty("openAfterCancel").GetInt32());
        Assert.Equal("closed", seen.GetProperty("taken").GetProperty("status").GetString());
        Assert.True(seen.GetProperty("myTrades").GetInt32() >= 1);
        Assert.True(seen.GetProperty("verified").GetInt32() >= 100);
        Assert.Equal("BTC/USD", seen.GetProperty("watchedTrade").GetString());
    }

    /// <summary>The package beside the build's other products, installed when it is not there yet.</summary>
    private static async Task<string> InstallAsync()
    {
        var source = Path.Combine(Repository.Root, "test", "VenueServers.Tests", "Ccxt");
        var folder = Path.Combine(AppContext.BaseDirectory, "ccxt");
        Directory.CreateDirectory(folder);
        foreach (var file in new[] { "package.json", "journey.mjs" })
        {
            File.Copy(Path.Combine(source, file), Path.Combine(folder, file), overwrite: true);
        }

        if (!File.Exists(Path.Combine(folder, "node_modules", "ccxt", "package.json")))
        {
            // No lock file: it would name the registry of whoever wrote it. The version is exact; no package's own scripts run.
            await RunAsync("npm", folder, InstallLimit, "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund");
        }

        return folder;
    }

    private static async Task<string> RunAsync(string program, string folder, TimeSpan limit, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var late = new CancellationTokenSource(limit);
        var output = process.StandardOutput.ReadToEndAsync(late.Token);
        var errors = process.StandardError.ReadToEndAsync(late.Token);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException ended)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {limit}.", ended);
        }

        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await output}{await errors}");
        return await output;
    }
}

using System.Diagnostics;
using System.Text.Json;

namespace Parallax.Cli.Tests.Backtest;

/// <summary>The executable itself, in processes that differ in time zone, language, processors and garbage collector: one hash.</summary>
public sealed class AnyMachineTests : IDisposable
{
    private readonly PlantedTape _tape = new();

    public void Dispose() => _tape.Dispose();

    [Fact]
    public async Task The_hash_is_the_same_in_any_time_zone_language_and_thread_count()
    {
        var generated = _tape.File("generated.tape");
        Assert.Equal(ExitCodes.Done, (await CommandLine.RunAsync("tape", "generate", "--seed", "5", "--instruments", "6", "--minutes", "1", "--out", generated)).ExitCode);
        string[] args = ["backtest", generated, "--capital", "USD=50000,USDT=50000", "--fee-bps", "5", "--min-edge-bps", "0", "--latency-ms", "3", "--json"];
        var here = JsonDocument.Parse((await CommandLine.RunAsync(args)).Output).RootElement;
        Assert.True(here.GetProperty("opportunities").GetInt64() > 0);

        foreach (var environment in new[]
                 {
                     new[] { "TZ=Asia/Tokyo", "DOTNET_PROCESSOR_COUNT=1" },
                     ["TZ=America/St_Johns", "DOTNET_PROCESSOR_COUNT=2", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8"],
                     ["LANG=de_DE.UTF-8", "DOTNET_gcServer=1", "DOTNET_PROCESSOR_COUNT=2", "DOTNET_TieredCompilation=0"],
                 })
        {
            var there = JsonDocument.Parse(await RunAsync(args, environment)).RootElement;

            Assert.Equal(here.GetProperty("journal_hash").GetString(), there.GetProperty("journal_hash").GetString());
            Assert.Equal(here.GetProperty("balances").GetRawText(), there.GetProperty("balances").GetRawText());
        }
    }

    private static async Task<string> RunAsync(string[] args, string[] environment)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "parallax.dll"));
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        foreach (var pair in environment)
        {
            start.Environment[pair[..pair.IndexOf('=', StringComparison.Ordinal)]] = pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..];
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(process.ExitCode == ExitCodes.Done, await error);
        return await output;
    }
}

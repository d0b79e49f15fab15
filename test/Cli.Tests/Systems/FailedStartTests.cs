using System.Net;
using System.Net.Sockets;
using Parallax.Cli.Config;
using Parallax.Cli.Systems;
using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.VenueServers.Kraken;

namespace Parallax.Cli.Tests.Systems;

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInTheProcess
{
    public const string Name = "alone in the process";
}

/// <summary>A start that fails leaves nothing behind: no thread, no lock, no file by which another verb would find a session.</summary>
[Collection(AloneInTheProcess.Name)]
public sealed class FailedStartTests : IDisposable
{
    private static readonly string[] OurThreads = ["engine", "kraken exchange", "kraken feed", "kraken orders", "kraken order sender"];

    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-failed-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(DemoSystem.Mode)]
    [InlineData(PaperSystem.Mode)]
    public async Task A_data_folder_that_is_held_leaves_no_thread_and_the_next_start_finds_it_free(string mode)
    {
        await using var venue = await VenueAsync(mode);
        var before = Threads();
        using (JournalWriter.Open(Path.Combine(_folder, "journal")))
        {
            await Assert.ThrowsAsync<UnwritableFileException>(() => StartAsync(mode, venue?.Endpoint));
        }

        await GoneAsync(before);
        await using var second = await StartAsync(mode, venue?.Endpoint);
    }

    [Theory]
    [InlineData(DemoSystem.Mode)]
    [InlineData(PaperSystem.Mode)]
    public async Task A_port_that_is_taken_ends_the_session_that_had_begun_and_lets_go_of_its_journal(string mode)
    {
        await using var venue = await VenueAsync(mode);
        var before = Threads();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        await Assert.ThrowsAnyAsync<IOException>(() => StartAsync(mode, venue?.Endpoint, ((IPEndPoint)taken.LocalEndpoint).Port));

        await GoneAsync(before);
        using var journal = JournalWriter.Open(Path.Combine(_folder, "journal"));
        Assert.Null(journal.TornTail);
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.json"));
    }

    [Fact]
    public async Task A_venue_that_answers_nothing_leaves_no_thread_and_no_lock()
    {
        var before = Threads();
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StartAsync(PaperSystem.Mode, new Uri($"http://{mute.LocalEndpoint}"), cancellation: patience.Token));

        await GoneAsync(before);
        using var journal = JournalWriter.Open(Path.Combine(_folder, "journal"));
    }

    private static async Task<KrakenServer?> VenueAsync(string mode) =>
        mode == PaperSystem.Mode ? await KrakenServer.StartAsync(new() { Instruments = 6 }, TimeProvider.System, CancellationToken.None) : null;

    private async Task<IAsyncDisposable> StartAsync(string mode, Uri? venue, int? port = null, CancellationToken cancellation = default)
    {
        var settings = ParallaxSettings.Load(new SettingSources
        {
            Mode = mode,
            ModeDefaults = mode == DemoSystem.Mode ? DemoSystem.Defaults : PaperSystem.Defaults,
            CommandLine =
            [
                ("--data", SettingCatalog.DataFolder.Key, _folder),
                ("--port", SettingCatalog.HttpPort.Key, $"{port ?? 0}"),
                .. venue is null ? [] : new[] { ("--endpoint", SettingCatalog.KrakenEndpoint.Key, venue.ToString()) },
            ],
        });
        return mode == DemoSystem.Mode
            ? await DemoSystem.StartAsync(new DemoOptions { Settings = settings, Seed = 1, Instruments = 6, IsHeadless = port is null }, TimeProvider.System, cancellation)
            : await PaperSystem.StartAsync(new PaperOptions { Settings = settings, IsHeadless = port is null }, TimeProvider.System, cancellation);
    }

    /// <summary>Threads end a moment after what owned them.</summary>
    private static async Task GoneAsync(Dictionary<string, int> before)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (Threads() is var now && now.Any(thread => thread.Value > before.GetValueOrDefault(thread.Key)))
        {
            Assert.False(deadline.IsCancellationRequested, $"Still running: {string.Join(", ", now)}; before: {string.Join(", ", before)}.");
            await Task.Delay(20);
        }
    }

    /// <summary>How many of each of our threads this process has; the kernel keeps 15 characters of a name. Nothing where there is no /proc.</summary>
    private static Dictionary<string, int> Threads()
    {
        var known = OurThreads.Select(name => name[..Math.Min(name.Length, 15)]).ToHashSet(StringComparer.Ordinal);
        return Directory.Exists("/proc/self/task")
            ? Directory.EnumerateDirectories("/proc/self/task").Select(Name).Where(known.Contains).CountBy(name => name).ToDictionary()
            : [];
    }

    private static string Name(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).Trim();
        }
        catch (IOException)
        {
            // It ended while we looked.
            return "";
        }
    }
}

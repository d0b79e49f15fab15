using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Parallax.Cli.Instance;
using Parallax.Journal.Chain;
using Parallax.Storage;
using Parallax.VenueServers.Kraken;

namespace Parallax.Cli.Tests.Doctor;

/// <summary>The real checks on real files, ports, tables and a venue server; what is wrong is made wrong for real.</summary>
public sealed class DoctorVerbTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-doctor-").FullName;
    private KrakenServer _venue = null!;
    private Uri _endpoint = null!;

    public async Task InitializeAsync()
    {
        _venue = await VenueAsync(TimeSpan.Zero);
        _endpoint = _venue.Endpoint;
    }

    public async Task DisposeAsync()
    {
        await _venue.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_machine_on_which_everything_is_well_passes_and_stays_as_it_was()
    {
        var findings = await FindingsAsync(ExitCodes.Done);

        Assert.DoesNotContain(findings, finding => finding.Severity == "fail");
        Assert.Equal(
            ["runtime", "configuration", "port", "clock", "disk", "data", "store", "venue"],
            findings.Select(finding => finding.Check).Distinct());
        Assert.Contains(findings, finding => finding.Sentence.Contains("is online", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Sentence.Contains("agree to the second", StringComparison.Ordinal));
        Assert.Equal(["parallax.yaml"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Every_mistake_of_the_configuration_is_a_finding_of_its_own()
    {
        var findings = await FindingsOfAsync("http: {port: 0}\nlegs-max: 9\nlimit: 3\n", ExitCodes.Failed);

        Assert.Equal(2, findings.Count(finding => finding is { Check: "configuration", Severity: "fail" }));
        Assert.Contains(findings, finding => finding.Sentence.Contains("line 2: legs-max takes a whole number from 3 to 5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var finding = Failed(await FindingsOfAsync($"http: {{port: {port}}}", ExitCodes.Failed));

        Assert.Equal($"Another program listens on port {port} of 127.0.0.1.", finding.Sentence);
        Assert.Contains("--port", finding.Mend, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-30, "ahead of")]
    [InlineData(30, "behind")]
    public async Task A_clock_that_is_off_the_venues_is_found(int venueSeconds, string how)
    {
        await using var venue = await VenueAsync(TimeSpan.FromSeconds(venueSeconds));
        _endpoint = venue.Endpoint;

        var finding = Failed(await FindingsAsync(ExitCodes.Failed));

        Assert.Equal("clock", finding.Check);
        Assert.Matches($@"Ours is at least (2[89]|30) s {how} the venue's", finding.Sentence);
    }

    [Fact]
    public async Task A_venue_that_is_not_there_is_a_failure_where_it_was_named()
    {
        await using (var venue = await VenueAsync(TimeSpan.Zero))
        {
            _endpoint = venue.Endpoint;
        }

        var finding = Failed(await FindingsAsync(ExitCodes.Failed));

        Assert.Contains("not reachable: nothing listens there", finding.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_a_failure()
    {
        var findings = await FindingsAsync(ExitCodes.Failed, "--data", "/proc/parallax");

        Assert.Contains(findings, finding => finding is { Check: "disk", Severity: "fail" });
    }

    [Fact]
    public async Task A_sound_journal_is_called_so()
    {
        WriteJournal();

        Assert.Contains(await FindingsAsync(ExitCodes.Done), finding => finding.Sentence.StartsWith("The journal's last segment is sound", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_journal_is_a_failure()
    {
        var segment = WriteJournal();
        var bytes = await File.ReadAllBytesAsync(segment);
        bytes[90] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);

        var finding = Failed(await FindingsAsync(ExitCodes.Failed));

        Assert.Equal("data", finding.Check);
        Assert.Contains("parallax journal verify", finding.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_that_stands_is_said_with_its_reason()
    {
        new KillFile(_folder).Write("venue looked wrong");

        Assert.Contains(await FindingsAsync(ExitCodes.Done), finding => finding is { Check: "data", Severity: "warn" } && finding.Sentence.Contains("venue looked wrong", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tables_that_are_up_to_date_are_called_so_and_others_say_what_is_missing()
    {
        var database = Path.Combine(_folder, "parallax.db");
        using (var store = Store.Open(StoreAddress.Parse(database)))
        {
            Assert.Equal(0, store.Version().Applied);
            Assert.Contains(await FindingsAsync(ExitCodes.Done), finding => finding.Sentence.Contains("opens and is empty", StringComparison.Ordinal));
            store.Migrate();
        }

        Assert.Contains(await FindingsAsync(ExitCodes.Done), finding => finding.Sentence.EndsWith("opens and is up to date.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_a_failure()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "parallax.db"), new string('x', 8_192));

        Assert.Equal("store", Failed(await FindingsAsync(ExitCodes.Failed)).Check);
    }

    [Theory]
    [InlineData("postgres://me:canary-1@127.0.0.1:1/parallax")]
    [InlineData("postgres://me:canary-1@127.0.0.1:port/parallax")]
    [InlineData("postgres://me@127.0.0.1:1/parallax?password=canary-1")]
    [InlineData("mysql://me:canary-1@127.0.0.1/parallax")]
    public async Task A_store_that_is_not_there_is_a_failure_without_its_password(string store)
    {
        var run = await RunAsync("http: {port: 0}", "--store", store);

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Matches("fail +store", run.Output);
        Assert.DoesNotContain("canary-1", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_says_how_to_mend_and_ends_with_a_summary()
    {
        new KillFile(_folder).Write("because");

        var run = await RunAsync("http: {port: 0}");

        Assert.Contains("→ when the reason is gone: parallax resume", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\nNo failure, \d+ warnings?\.\n$", run.Output);
    }

    private static Task<KrakenServer> VenueAsync(TimeSpan skew) => KrakenServer.StartAsync(new KrakenServerOptions { MarketRate = 1 }, new SkewedClock(skew), default);

    private static Found Failed(IReadOnlyList<Found> findings)
    {
        var failed = Assert.Single(findings, finding => finding.Severity == "fail");
        Assert.False(string.IsNullOrEmpty(failed.Mend));
        return failed;
    }

    private string WriteJournal()
    {
        var folder = Path.Combine(_folder, "journal");
        using (var journal = JournalWriter.Create(folder))
        {
            journal.Close();
        }

        return Directory.EnumerateFiles(folder, "*.journal").Single();
    }

    private Task<IReadOnlyList<Found>> FindingsAsync(int exitCode, params string[] more) => FindingsOfAsync("http: {port: 0}", exitCode, more);

    private async Task<IReadOnlyList<Found>> FindingsOfAsync(string yaml, int exitCode, params string[] more)
    {
        var run = await RunAsync(yaml, ["--json", .. more]);
        Assert.True(exitCode == run.ExitCode, run.Output + run.Error);
        var report = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(exitCode == ExitCodes.Done, report.GetProperty("healthy").GetBoolean());
        return [.. report.GetProperty("findings").EnumerateArray().Select(one => new Found(
            one.GetProperty("check").GetString()!, one.GetProperty("severity").GetString()!, one.GetProperty("found").GetString()!, one.GetProperty("mend").GetString()))];
    }

    private Task<CommandLine.Run> RunAsync(string yaml, params string[] more)
    {
        var config = Path.Combine(_folder, "parallax.yaml");
        File.WriteAllText(config, yaml);
        string[] data = more.Contains("--data") ? [] : ["--data", _folder];
        return CommandLine.RunAsync(["doctor", "--config", config, "--endpoint", _endpoint.ToString(), .. data, .. more]);
    }

    private sealed record Found(string Check, string Severity, string Sentence, string? Mend);

    /// <summary>The venue's clock, off by as much as it is told.</summary>
    private sealed class SkewedClock(TimeSpan skew) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + skew;
    }
}

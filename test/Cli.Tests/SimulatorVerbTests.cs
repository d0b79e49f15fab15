using System.Text.RegularExpressions;

namespace Parallax.Cli.Tests;

public sealed partial class SimulatorVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-simulator-").FullName;

    private string SecretFile => Path.Combine(_folder, "keys", "kraken.secret");

    [Fact]
    public async Task The_simulator_says_where_it_is_serves_and_ends_on_request_without_telling_the_secret()
    {
        using var stop = new CancellationTokenSource();
        using var output = new Announcing();
        var running = ParallaxCli.RunAsync(["simulator", "--port", "0", "--secret-file", SecretFile], output, TextWriter.Null, cancellation: stop.Token);
        var introduction = await output.First.Task.WaitAsync(TimeSpan.FromSeconds(60), stop.Token);

        using var http = new HttpClient();
        var answer = await http.GetStringAsync(Address().Match(introduction).Value, stop.Token);
        await stop.CancelAsync();

        Assert.Equal(ExitCodes.Done, await running);
        Assert.Contains("\"unixtime\"", answer, StringComparison.Ordinal);
        var secret = (await File.ReadAllTextAsync(SecretFile)).Trim();
        Assert.Equal(64, Convert.FromBase64String(secret).Length);
        Assert.DoesNotContain(secret, output.ToString(), StringComparison.Ordinal);
        Assert.Contains(SecretFile, output.ToString(), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SecretFile));
        }
    }

    [Theory]
    [InlineData("There is no fault 'rain'", "--faults", "rain=0.1")]
    [InlineData("--tape replays a recorded market", "--tape", "x.tape", "--seed", "3")]
    [InlineData("There is no file 'x.tape'", "--tape", "x.tape")]
    public async Task What_it_cannot_do_is_said_in_one_sentence(string sentence, params string[] arguments)
    {
        var run = await CommandLine.RunAsync(["simulator", "--port", "0", "--secret-file", SecretFile, .. arguments]);

        Assert.NotEqual(ExitCodes.Done, run.ExitCode);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/0/public/Time", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Address();

    /// <summary>Says when the first paragraph has been printed.</summary>
    private sealed class Announcing : StringWriter
    {
        public TaskCompletionSource<string> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Task WriteLineAsync(string? value)
        {
            WriteLine(value);
            First.TrySetResult(value ?? "");
            return Task.CompletedTask;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

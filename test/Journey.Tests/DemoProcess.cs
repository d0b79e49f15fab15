using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Parallax.Cli.Instance;

namespace Parallax.Journey.Tests;

/// <summary><c>parallax demo</c> in a process of its own, and its API.</summary>
internal sealed partial class DemoProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(15);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private HttpClient? _client;

    private DemoProcess(string folder, string[] more)
    {
        Folder = folder;
        _process = Executable.Start(["demo", "--port", "0", "--data", folder, .. more]);
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_error, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Folder { get; }

    /// <summary>The page's address with the operator's token, as the program prints it.</summary>
    public Uri OperatorPage { get; private set; } = null!;

    public Uri Page { get; private set; } = null!;

    public string Journal => Path.Combine(Folder, "journal");

    public string Database => Path.Combine(Folder, "parallax.db");

    public TimeSpan Age => TimeProvider.System.GetElapsedTime(_started);

    /// <summary>What it has printed so far.</summary>
    public string Output => Text(_output);

    /// <summary>Starts it and takes the address of its page from what it prints, as a person would.</summary>
    public static async Task<DemoProcess> StartAsync(string folder, params string[] more)
    {
        var demo = new DemoProcess(folder, more);
        try
        {
            var printed = await demo.WaitAsync(() => PageLine().Match(demo.Output) is { Success: true } line ? line.Groups["address"].Value : null, "The page's address");
            demo.Reach(new Uri(printed));
            return demo;
        }
        catch
        {
            await demo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it with <c>--json</c>, where nothing but the summary is printed: the address is found as other verbs find it.</summary>
    public static async Task<DemoProcess> StartSilentAsync(string folder, params string[] more)
    {
        var demo = new DemoProcess(folder, ["--json", .. more]);
        try
        {
            demo.Reach((await demo.WaitAsync(() => RunningInstance.Read(folder), "The instance file")).Address);
            return demo;
        }
        catch
        {
            await demo.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the API answers at a path below <c>/api/v1/</c>.</summary>
    public async Task<JsonObject> AskAsync(string path) => JsonNode.Parse(await _client!.GetStringAsync($"/api/v1/{path}"))!.AsObject();

    /// <summary>Asks for the status until it satisfies.</summary>
    public Task<JsonObject> StatusAsync(Func<JsonObject, bool> isEnough, TimeSpan limit, string what) =>
        Patience.UntilAsync(() => AskAsync("status"), isEnough, limit, what);

    /// <summary>Sends a signal, waits for the end and says how it went.</summary>
    /// <param name="signal"><c>INT</c> is Ctrl-C, <c>TERM</c> what a service manager sends.</param>
    /// <returns>Exit code, all it printed, and how long it took to end.</returns>
    public async Task<(Executable.Run Run, TimeSpan Took)> EndAsync(string signal)
    {
        using (var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString()]))
        {
            await kill.WaitForExitAsync();
        }

        var asked = TimeProvider.System.GetTimestamp();
        await _process.WaitForExitAsync().WaitAsync(EndLimit);
        return (new Executable.Run(_process.ExitCode, Output, Text(_error)), TimeProvider.System.GetElapsedTime(asked));
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"^ +Page +(?<address>http://\S+)\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex PageLine();

    private static void Keep(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private void Reach(Uri printed)
    {
        OperatorPage = printed;
        Page = new Uri(printed.GetLeftPart(UriPartial.Authority) + "/");
        _client = new HttpClient { BaseAddress = Page, Timeout = TimeSpan.FromSeconds(20) };
    }

    private async Task<T> WaitAsync<T>(Func<T?> look, string what)
        where T : class
    {
        var found = await Patience.UntilAsync(() => Task.FromResult((Seen: look(), _process.HasExited)), now => now.Seen is not null || now.HasExited, StartLimit, what);
        return found.Seen ?? throw new InvalidOperationException($"The demo ended with {_process.ExitCode} before its page was there: {Output}{Text(_error)}");
    }
}

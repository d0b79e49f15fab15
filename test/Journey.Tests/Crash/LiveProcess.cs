using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Parallax.Cli.Instance;

namespace Parallax.Journey.Tests.Crash;

/// <summary><c>parallax live</c> in a process of its own, and its API.</summary>
internal sealed class LiveProcess : IAsyncDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private readonly string _folder;
    private readonly Process _process;
    private readonly StringBuilder _told = new();
    private HttpClient? _client;

    private LiveProcess(string folder, Process process)
    {
        (_folder, _process) = (folder, process);
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Ended by SIGKILL, its own or ours: shells say 128 + 9.</summary>
    public bool WasKilled => HasExited && _process.ExitCode == 137;

    /// <summary>Why it could not be armed, the last time it was tried.</summary>
    public string Refusal { get; private set; } = "";

    /// <summary>All it has printed.</summary>
    public string Told
    {
        get
        {
            lock (_told)
            {
                return _told.ToString();
            }
        }
    }

    /// <param name="crashAt">Where it kills itself; <see langword="null"/> for nowhere.</param>
    /// <remarks>Compiled in a hurry: it lives for a second or two, and compiling everything well takes most of that.</remarks>
    public static LiveProcess Start(string folder, string config, string? crashAt)
    {
        (string, string)[] hurry = [("DOTNET_TC_QuickJit", "1"), ("DOTNET_TieredPGO", "0")];
        return new(folder, Executable.Start(crashAt is null ? hurry : [.. hurry, ("PARALLAX_CRASH_AT", crashAt)], "live", "--port", "0", "--data", folder, "--config", config));
    }

    /// <summary>Arms it, as soon as every check passes.</summary>
    /// <returns>False when it died, or the time was over, before it was armed.</returns>
    public async Task<bool> TryArmAsync(string words, TimeSpan limit)
    {
        var started = TimeProvider.System.GetTimestamp();
        var order = new { for_seconds = 3_600, loss_max = "1000", confirmation = words, reason = "crash drill" };
        while (!HasExited && TimeProvider.System.GetElapsedTime(started) < limit)
        {
            if (Reach() && await TryAsync(client => client.PostAsJsonAsync("/api/v1/control/arm", order)) is { } answer)
            {
                if (answer.IsSuccessStatusCode)
                {
                    return true;
                }

                Refusal = await answer.Content.ReadAsStringAsync();
            }

            await Task.Delay(20);
        }

        return false;
    }

    /// <summary>Lets it open no plan any more.</summary>
    public async Task DisarmAsync() =>
        (await _client!.PostAsJsonAsync("/api/v1/control/disarm", new { reason = "crash drill" })).EnsureSuccessStatusCode();

    /// <returns>Null while it does not answer.</returns>
    public async Task<JsonObject?> StatusAsync() =>
        Reach() && await TryAsync(client => client.GetAsync("/api/v1/status")) is { IsSuccessStatusCode: true } answer
            ? JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject()
            : null;

    /// <returns>False when it did not end by itself within the time.</returns>
    public async Task<bool> HasDiedWithinAsync(TimeSpan limit)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(limit);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>SIGKILL: nothing of it runs any more when this returns.</summary>
    public async Task KillAsync()
    {
        if (!HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>What a service manager sends; waits for the end.</summary>
    public async Task<int> EndAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await KillAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_told)
            {
                _told.AppendLine(line);
            }
        }
    }

    /// <summary>Whether its page is there: the file of a process before it names another one.</summary>
    private bool Reach()
    {
        if (_client is null && RunningInstance.Read(_folder) is { } instance && instance.Pid == _process.Id && instance.ReadToken() is { Length: > 0 } token)
        {
            _client = new HttpClient { BaseAddress = instance.Address, Timeout = AnswerLimit };
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return _client is not null;
    }

    private async Task<HttpResponseMessage?> TryAsync(Func<HttpClient, Task<HttpResponseMessage>> ask)
    {
        try
        {
            return await ask(_client!);
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }
}

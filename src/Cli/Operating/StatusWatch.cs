using Parallax.Cli.Instance;
using Parallax.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Parallax.Cli.Operating;

/// <summary>Asks a session once a second until it ends or somebody presses Ctrl-C.</summary>
/// <param name="instance">Null when only an address was named: then nothing tells that the session ended.</param>
internal sealed class StatusWatch(SessionClient client, RunningInstance? instance, TextWriter output, bool asJson, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private SessionStatus? _last;
    private long _lastAnswered;

    /// <returns>When the session ended, or canceled; it does not throw then.</returns>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var console = Terminal.On(output);
        try
        {
            if (!asJson && console.Profile.Capabilities.Interactive && console.Profile.Capabilities.Ansi)
            {
                await console.Live(Text.Empty).AutoClear(false).StartAsync(live => LoopAsync(answer => live.UpdateTarget(Screen(answer)), cancellation));
            }
            else
            {
                await LoopAsync(answer => output.WriteLine(Line(answer)), cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return;
        }

        await output.WriteLineAsync(asJson ? """{"state":"ended"}""" : "The session ended.");
    }

    private async Task LoopAsync(Action<SessionAnswer> show, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            var answer = await client.StatusAsync(cancellation);
            if (answer.IsDone)
            {
                _last = StatusVerb.Read(answer, client);
                _lastAnswered = time.GetTimestamp();
            }
            else if (instance is { IsRunning: false } || (_last is not null && instance is not null && RunningInstance.Read(instance.DataFolder) is null))
            {
                return;
            }

            show(answer);
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private string Line(SessionAnswer answer) =>
        asJson ? answer.IsDone ? Json.Line(System.Text.Json.Nodes.JsonNode.Parse(answer.Text)!) : Json.Line(new System.Text.Json.Nodes.JsonObject { ["state"] = "silent", ["reason"] = answer.Sentence })
        : answer.IsDone ? StatusScreen.Line(_last!)
        : $"no answer: {answer.Sentence}";

    private Rows Screen(SessionAnswer answer)
    {
        var parts = new List<IRenderable>();
        if (_last is not null)
        {
            parts.Add(StatusScreen.Of(_last));
        }

        if (!answer.IsDone)
        {
            var since = _last is null ? "" : $"; what stands above is {Words.Span((long)time.GetElapsedTime(_lastAnswered).TotalNanoseconds)} old";
            parts.Add(new Text($"No answer: {answer.Sentence.TrimEnd('.')}{since}.", StatusScreen.StyleOf("offline")));
        }

        parts.Add(new Text("Ctrl-C ends this view; the session goes on.", new Style(decoration: Decoration.Dim)));
        return new Rows(parts);
    }
}

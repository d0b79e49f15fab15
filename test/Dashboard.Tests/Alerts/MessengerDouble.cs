using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Parallax.Dashboard.Tests.Alerts;

/// <summary>A web server in the place of Telegram's and Discord's: keeps what is posted, answers what it is told to.</summary>
internal sealed class MessengerDouble : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string Body)> _posts = new();

    private MessengerDouble(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Path and body of each call, in order; questions for updates are left out.</summary>
    public IReadOnlyList<(string Path, string Body)> Posts => [.. _posts];

    /// <summary>What was said in each message, whichever service it was sent to.</summary>
    public IReadOnlyList<string> Texts => [.. Posts.Select(post => JsonDocument.Parse(post.Body).RootElement).Select(body =>
        (body.TryGetProperty("text", out var text) ? text : body.GetProperty("content")).GetString()!)];

    /// <summary>Answers of what is posted from now on: status and body.</summary>
    public Func<(int Status, string Body)> Answer { get; set; } = () => (200, """{"ok":true,"result":{}}""");

    /// <summary>The updates that a question with an offset gets, as JSON.</summary>
    public Func<long, string> Updates { get; set; } = _ => "[]";

    public static async Task<MessengerDouble> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddLogging(logs => logs.SetMinimumLevel(LogLevel.None));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var messenger = new MessengerDouble(app);
        app.Run(messenger.TakeAsync);
        await app.StartAsync();
        messenger.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return messenger;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext call)
    {
        var body = await new StreamReader(call.Request.Body).ReadToEndAsync();
        var (status, answer) = (200, "");
        if (call.Request.Path.Value!.EndsWith("/getUpdates", StringComparison.Ordinal))
        {
            answer = $$"""{"ok":true,"result":{{Updates(JsonDocument.Parse(body).RootElement.GetProperty("offset").GetInt64())}}}""";
            // As Telegram holds a question; a short while, so that a change is seen soon.
            await Task.Delay(20);
        }
        else
        {
            _posts.Enqueue((call.Request.Path.Value, body));
            (status, answer) = Answer();
        }

        call.Response.StatusCode = status;
        await call.Response.WriteAsync(answer);
    }
}

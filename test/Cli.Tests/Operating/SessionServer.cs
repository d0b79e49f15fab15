using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parallax.Cli.Instance;

namespace Parallax.Cli.Tests.Operating;

/// <summary>A session as its page shows it: a real server on a loopback port, an instance file and a token in a folder of its own.</summary>
internal sealed class SessionServer : IAsyncDisposable
{
    public const string Token = "canary-token-0123456789";

    private readonly WebApplication _app;
    private InstanceFiles? _files;

    private SessionServer(WebApplication app) => _app = app;

    public string Folder { get; } = Directory.CreateTempSubdirectory("parallax-session-").FullName;

    public Uri Address { get; private set; } = null!;

    /// <summary>Paths and bodies of the commands that carried the token.</summary>
    public List<string> Commands { get; } = [];

    /// <summary>What status is answered.</summary>
    public JsonObject Status { get; } = Sample();

    /// <summary>What lists are answered, by name: <c>residuals</c>, <c>breakers</c>, <c>differences</c>.</summary>
    public Dictionary<string, string> Lists { get; } = [];

    /// <summary>What a command is answered; done by default.</summary>
    public Func<IResult> Command { get; set; } = () => Results.Json(new { state = "killed", sentence = "No plan is opened any more." });

    public static async Task<SessionServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new SessionServer(app);
        app.MapGet("/api/v1/status", () => Results.Content(server.Status.ToJsonString(), "application/json"));
        app.MapGet("/api/v1/{list}", (string list) => server.Lists.TryGetValue(list, out var json) ? Results.Content(json, "application/json") : Results.NotFound());
        app.MapPost("/api/v1/control/{**command}", async (string command, HttpRequest request) =>
        {
            if (request.Headers.Authorization.ToString() != $"Bearer {Token}")
            {
                return Results.Problem("This needs the token.", statusCode: StatusCodes.Status401Unauthorized);
            }

            Assert.Matches("^[0-9a-f]{32}$", request.Headers["Idempotency-Key"].ToString());
            using var body = new StreamReader(request.Body);
            server.Commands.Add($"{command} {await body.ReadToEndAsync()}");
            return server.Command();
        });
        app.MapPut("/api/v1/{what}", async (string what, HttpRequest request) =>
        {
            using var body = new StreamReader(request.Body);
            server.Commands.Add($"{what} {await body.ReadToEndAsync()}");
            return request.Headers.Authorization.ToString() == $"Bearer {Token}" ? server.Command() : Results.Unauthorized();
        });
        app.MapPost("/api/v1/settings/rollback", async (HttpRequest request) =>
        {
            using var body = new StreamReader(request.Body);
            server.Commands.Add($"settings/rollback {await body.ReadToEndAsync()}");
            return server.Command();
        });
        await app.StartAsync();
        server.Address = new Uri(app.Urls.Single());
        server._files = RunningInstance.Write(server.Folder, server.Address, "demo", Token, TimeProvider.System);
        return server;
    }

    /// <summary>The session goes on, its server is gone.</summary>
    public Task StopServingAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _files?.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A status as the page's API writes one.</summary>
    public static JsonObject Sample() => JsonNode.Parse("""
        {
          "mode": "demo", "session": 3, "state": "running", "state_reason": null,
          "time": "2026-11-21T12:00:00.000000000Z", "started": "2026-11-21T11:47:56.000000000Z", "version": "0.1.0", "reporting_asset": "USD",
          "venues": [{"venue": "kraken", "state": "online", "last_frame": "2026-11-21T11:59:59.988000000Z", "clock_offset_nanoseconds": -1234567,
            "round_trip_nanoseconds": 412345, "messages": 1234567, "reconnects": 2, "checksum_failures": 1, "resynchronisations": 3}],
          "instruments": 30, "books_live": 29, "cycles": 44, "records": 1300000, "opportunities": 4321,
          "refused": {"net-edge": 17, "book-age": 250, "kill": 0}, "fills": 180,
          "open_plans": [{"id": "3-61", "cycle": "USD>BTC>ETH>USD", "start_asset": "USD", "input": "998.12345678", "expected_profit": "1.2345",
            "opened": "2026-11-21T11:59:59.500000000Z", "legs_done": 1, "legs": 3}],
          "overflows": 0, "journal": {"path": "parallax-data/demo/journal", "sequence": 99887}, "store": {"sequence": 99880, "behind": 7, "trouble": null},
          "latencies": [{"stage": "queue", "count": 10, "p50_nanoseconds": 2100, "p99_nanoseconds": 18000},
            {"stage": "decision", "count": 10, "p50_nanoseconds": 5000, "p99_nanoseconds": null}],
          "today": {"realised": "123.456", "win_rate": "0.8333333", "profit_factor": "4.1", "completed_share": "0.75", "mean_duration_nanoseconds": 182000000, "plans": 60, "open": 1},
          "this_session": {"realised": "-0.00012345", "win_rate": null, "profit_factor": null, "completed_share": null, "mean_duration_nanoseconds": null, "plans": 1, "open": 1}
        }
        """)!.AsObject();
}

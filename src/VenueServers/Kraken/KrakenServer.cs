using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Parallax.Domain;
using Parallax.VenueServers.Kraken.Exchange;
using Parallax.VenueServers.Kraken.Faults;
using Parallax.VenueServers.Kraken.Markets;
using Parallax.VenueServers.Kraken.Rest;
using Parallax.VenueServers.Kraken.Sockets;

namespace Parallax.VenueServers.Kraken;

/// <summary>A server on loopback that speaks Kraken's protocol: REST v0 under <c>/0</c>, WebSocket v2 at <c>/v2</c> and <c>/v2/private</c>.</summary>
/// <remarks>
/// Written from the venue's documents and recorded answers, apart from the adapter in <c>Venues</c>, so that the two do not share their
/// mistakes (docs/decisions/0008). One thread owns the exchange; sockets and requests only carry bytes to and from it.
/// </remarks>
public sealed class KrakenServer : IAsyncDisposable
{
    private const int RequestMax = 64 * 1024;
    private readonly WebApplication _web;
    private readonly ExchangeThread _thread;
    private readonly IMarketSource _source;
    private readonly RestApi _rest;
    private readonly SocketApi _sockets;
    private readonly FaultCounts _faults = new();

    private KrakenServer(KrakenServerOptions options, TimeProvider time)
    {
        var (start, timestamp) = (UtcNanos.From(time.GetUtcNow()).Value, time.GetTimestamp());
        _source = OpenSource(options, start);
        var exchange = new Exchange.Exchange(options, _source, _faults, start);
        exchange.Advance(start);
        _rest = new RestApi(
            new PublicMethods(exchange.Directory, options.Fees, () => exchange.IsInMaintenance),
            new PrivateMethods(exchange, new RestOrders(exchange, exchange.AckFaults)),
            new Authenticator(exchange.Accounts),
            exchange.Rates);
        _sockets = new SocketApi(exchange.Subscriptions, exchange.PrivateChannels, new SocketOrders(exchange, exchange.AckFaults), exchange.Accounts);
        _web = BuildWeb(options.Port);
        _web.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        _web.Run(HandleAsync);
        _thread = new ExchangeThread(exchange, time, start, timestamp);
    }

    /// <summary>Where it listens: <c>http://127.0.0.1:8080/</c>.</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>What went wrong on purpose so far.</summary>
    public FaultCounts Faults => _faults;

    /// <summary>Ends when the server is disposed; faulted when the exchange broke, after which it serves nothing any more.</summary>
    public Task Ended => _thread.Ended;

    /// <summary>What it serves, by instrument number.</summary>
    public IReadOnlyList<Instrument> Instruments => _source.Instruments;

    /// <summary>What it has done so far.</summary>
    public Task<KrakenServerActivity> ActivityAsync(CancellationToken cancellation) => _thread.AskAsync((exchange, _) => exchange.Activity(), cancellation);

    /// <summary>What clients' accounts can be made to do, and what can go wrong with their orders.</summary>
    public KrakenServerControl Control => new(_thread, _rest);

    /// <summary>Lets a fault befall the next book message of every connection that stands, besides those that <see cref="KrakenServerOptions.Faults"/> bring.</summary>
    public Task OrderFaultAsync(FrameFault fault, CancellationToken cancellation) => _thread.AskAsync(
        (exchange, _) =>
        {
            exchange.Order(fault);
            return true;
        },
        cancellation);

    /// <summary>Stops the market's own quotes and trades for good, so that its books can be compared with those of a client.</summary>
    public Task HoldMarketAsync(CancellationToken cancellation) => _thread.AskAsync(
        (exchange, _) =>
        {
            exchange.Hold();
            return true;
        },
        cancellation);

    /// <summary>Starts serving; the market runs from here on.</summary>
    /// <exception cref="IOException">The port is taken, or the tape cannot be read.</exception>
    /// <exception cref="ArgumentException">An option is out of range; says which and what was found.</exception>
    public static async Task<KrakenServer> StartAsync(KrakenServerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var server = new KrakenServer(options, time);
        try
        {
            await server._web.StartAsync(cancellation);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        server.Endpoint = new Uri(server._web.Urls.First());
        return server;
    }

    private static IMarketSource OpenSource(KrakenServerOptions options, long start) => options.Tape is { } tape
        ? new TapeSource(tape, options.Speed, start)
        : new SeededSource(
            options.Market with
            {
                Seed = options.Seed,
                Venue = new VenueId("kraken"),
                Instruments = options.Instruments,
                EventsPerSecond = options.MarketRate,
            },
            start);

    private static WebApplication BuildWeb(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromSeconds(1));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestMax;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        return builder.Build();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path is "/v2" or "/v2/private")
        {
            await SocketAsync(context, isPrivate: path == "/v2/private");
        }
        else if (path.StartsWith("/0/", StringComparison.Ordinal))
        {
            await RestAsync(context, path);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task RestAsync(HttpContext context, string path)
    {
        using var memory = new MemoryStream();
        await context.Request.Body.CopyToAsync(memory, context.RequestAborted);
        var body = memory.ToArray();
        var arguments = RestRequest.ReadArguments(context.Request.QueryString.Value ?? "", body);
        string? key = context.Request.Headers["API-Key"], signature = context.Request.Headers["API-Sign"];
        var answer = await _thread.AskAsync(
            (_, now) => _rest.Handle(new RestRequest(path, body, arguments, key, signature, now)), context.RequestAborted);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Body.Length;
        if (answer.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private async Task SocketAsync(HttpContext context, bool isPrivate)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await new SocketConnection(socket, _thread, _sockets).RunAsync(isPrivate, context.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _thread.DisposeAsync();
        }
        finally
        {
            await _web.DisposeAsync();
            _source.Dispose();
        }
    }
}

using System.Net;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parallax.Dashboard.Access;
using Parallax.Dashboard.Api;
using Parallax.Dashboard.Assets;
using Parallax.Dashboard.Explain;
using Parallax.Dashboard.Health;
using Parallax.Dashboard.Live;
using Parallax.Dashboard.Metrics;
using Parallax.Reporting.Sessions;
using Parallax.Storage.Queries;

namespace Parallax.Dashboard;

/// <summary>Serves the desk, the API and the metrics of one session.</summary>
/// <remarks>Reads the session through its snapshots and the store only, so that nothing here can delay a decision.</remarks>
public sealed class DashboardHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DashboardHost(WebApplication app, Uri address) => (_app, Address) = (app, address);

    /// <summary>Where the page is: <c>http://127.0.0.1:9090/</c>.</summary>
    public Uri Address { get; }

    /// <summary>Starts serving; returns once connections are taken.</summary>
    /// <param name="time">Our clock: ages on the page are measured against it.</param>
    /// <exception cref="IOException">The port is taken, or may not be opened.</exception>
    public static async Task<DashboardHost> StartAsync(
        DashboardOptions options, IOperatedSession session, IStoreReader store, TimeProvider time, CancellationToken cancellation)
    {
        var app = Build(options, session, store, time);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        var bound = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return new DashboardHost(app, new UriBuilder(bound) { Host = Reachable(options.Address) }.Uri);
    }

    /// <summary>Ends open pages and stops serving.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(DashboardOptions options, IOperatedSession session, IStoreReader store, TimeProvider time)
    {
        // Nothing is read from files or the environment beside the process: what holds is in the options.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(DashboardHost).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 16 * 1024;
            kestrel.Limits.MaxConcurrentConnections = 512;
            kestrel.Listen(options.Address, options.Port);
        });
        var services = builder.Services;
        services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = TimeSpan.FromSeconds(2);
            // A fault in what is drawn must not take the kill switch away with it; the page notices that its figures stand still.
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
        });
        services.AddSingleton<IHostLifetime, NoSignals>();
        services.AddLogging(logs => logs.SetMinimumLevel(LogLevel.Warning));
        services.AddRoutingCore();
        services.AddProblemDetails(Problems.Name);
        services.AddAccess(new OperatorToken(options.Token, options.Port), options.Address);
        services.AddSingleton(options).AddSingleton(session).AddSingleton(store).AddSingleton(time);
        // Arrows and minus signs as they are: the pages are UTF-8.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<Rendering>().AddSingleton<PlanStories>();
        services.AddSingleton<StoreWatch>().AddHostedService(provider => provider.GetRequiredService<StoreWatch>());
        services.AddSingleton<DeskFeed>().AddHostedService(provider => provider.GetRequiredService<DeskFeed>());
        services.AddApi();

        var app = builder.Build();
        app.Use(SecurityHeaders.AddAsync);
        app.UseMiddleware<RequestGuard>();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapAssets();
        app.MapPages();
        app.MapApi(options);
        app.MapMetrics();
        app.MapHealth();
        return app;
    }

    /// <summary>An address to type into a browser: one that listens everywhere is reached on the loopback.</summary>
    private static string Reachable(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? IPAddress.Loopback.ToString() : address.ToString();
}

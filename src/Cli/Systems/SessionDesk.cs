using System.Data.Common;
using System.Net;
using System.Reflection;
using Parallax.Cli.Alerts;
using Parallax.Cli.Config;
using Parallax.Cli.Instance;
using Parallax.Dashboard;
using Parallax.Dashboard.Access;
using Parallax.Reporting.Sessions;
using Parallax.Storage;
using Parallax.Storage.Projection;

namespace Parallax.Cli.Systems;

/// <summary>How people reach a session.</summary>
public sealed record SessionDeskOptions
{
    public required string DataFolder { get; init; }

    /// <summary>For the files by which other verbs find the session.</summary>
    public required string Mode { get; init; }

    /// <summary>Null: no page, no API. The kill file works all the same.</summary>
    public int? Port { get; init; } = 9090;

    public IPAddress Bind { get; init; } = IPAddress.Loopback;

    /// <summary>What a request must carry to change anything; null for one made now.</summary>
    public string? Token { get; init; }

    /// <summary>Null where orders are not real.</summary>
    public IArmedSession? Arming { get; init; }

    /// <summary>Null for the SQLite file in the data folder.</summary>
    public Storage.StoreAddress? Store { get; init; }

    /// <summary>How far the store may be behind the journal before no plan is opened.</summary>
    public TimeSpan StoreLagMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Null without one.</summary>
    public Heartbeat? Heartbeat { get; init; }

    public AlertSettings Alerts { get; init; } = AlertSettings.None;

    /// <summary>Where changes of settings that are to last are written; null for nowhere.</summary>
    public SettingsFile? SettingsFile { get; init; }

    /// <param name="folder">The session's data folder.</param>
    internal static SessionDeskOptions Of(ParallaxSettings settings, string mode, string folder, bool isHeadless) => new()
    {
        DataFolder = folder,
        Mode = mode,
        Port = isHeadless ? null : settings.Http.Port,
        Bind = settings.Http.Bind,
        Token = settings.Http.Token,
        Store = settings.Store.Address is { } address ? Storage.StoreAddress.Parse(address) : null,
        StoreLagMax = settings.Store.LagMax,
        Heartbeat = settings.Heartbeat,
        Alerts = settings.Alerts,
        SettingsFile = new SettingsFile(settings.File),
    };
}

/// <summary>What surrounds a session for people: the store that follows its journal, the page, and the files by which other verbs find it.</summary>
/// <remarks>Nothing here can delay a decision: the store reads the journal's files, the page reads the store and the session's pictures.</remarks>
public sealed class SessionDesk : IAsyncDisposable
{
    private readonly Store _store;
    private readonly JournalProjector _projector;
    private readonly CancellationTokenSource _stop = new();
    private Task _projecting = Task.CompletedTask;
    private Task _watching = Task.CompletedTask;
    private AlertSystem? _alerts;
    private DashboardHost? _page;
    private InstanceFiles? _files;

    private SessionDesk(Store store, JournalProjector projector) => (_store, _projector) = (store, projector);

    /// <summary>Null without a page.</summary>
    public Uri? Address => _page?.Address;

    /// <summary>The page's address with the token in it: opens the page with the right to kill and resume. Null without a page.</summary>
    public Uri? OperatorAddress { get; private set; }

    public ProjectorHealth Store => _projector.Health;

    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="UserErrorException">Another session runs in the data folder.</exception>
    public static async Task<SessionDesk> OpenAsync(SessionDeskOptions options, LiveSession session, TimeProvider time, CancellationToken cancellation)
    {
        var store = Storage.Store.Open(options.Store ?? Storage.StoreAddress.Parse(session.Database));
        Prepare(store);
        var desk = new SessionDesk(store, new JournalProjector(store, session.Journal, time));
        try
        {
            desk._projecting = session.Supervisor.RunAsync("store", null, desk._projector.RunAsync, desk._stop.Token);
            desk._watching = Task.WhenAll(
                session.Supervisor.RunAsync(
                    "kill file", null, new KillFileWatcher(new KillFile(options.DataFolder), session, time).RunAsync, desk._stop.Token),
                options.Heartbeat is { } heartbeat
                    ? session.Supervisor.RunAsync("heartbeat", null, new HeartbeatWatcher(heartbeat, session, time).RunAsync, desk._stop.Token)
                    : Task.CompletedTask,
                session.Supervisor.RunAsync("clock watch", null, new ClockWatch(session, time).RunAsync, desk._stop.Token),
                session.Supervisor.RunAsync(
                    "store watch", null, new StoreWatch(session, desk._projector, options.StoreLagMax, time).RunAsync, desk._stop.Token));
            desk._alerts = AlertSystem.Start(options.Alerts, options.Mode, new KillFileSession(session, new KillFile(options.DataFolder)), session.Journal, options.DataFolder, time);
            if (options.Port is { } port)
            {
                await desk.ServeAsync(options, port, session, time, cancellation);
            }

            return desk;
        }
        catch
        {
            await desk.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closes the page; the store takes what the journal still holds for it, for a few seconds at most: what is missing comes at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        _files?.Dispose();
        if (_page is not null)
        {
            await _page.DisposeAsync();
        }

        await _stop.CancelAsync();
        await Task.WhenAll(_projecting, _watching);
        if (_alerts is not null)
        {
            await _alerts.DisposeAsync();
        }

        _store.Dispose();
        _stop.Dispose();
    }

    /// <summary>Waits until the store holds everything the journal does.</summary>
    /// <returns><see langword="false"/> when it did not within the time; the next start goes on where this one stopped.</returns>
    public async Task<bool> WaitForStoreAsync(ulong sequence, TimeSpan patience, TimeProvider time)
    {
        var until = time.GetUtcNow() + patience;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), time);
        while (Store.Sequence < (long)sequence)
        {
            if (time.GetUtcNow() >= until || Store.State == ProjectorState.Refused)
            {
                return false;
            }

            await timer.WaitForNextTickAsync();
        }

        return true;
    }

    /// <summary>Makes the tables, so that the page's first question finds them. A database that is not there now is the projector's to wait for.</summary>
    /// <exception cref="UserErrorException">The tables are of a newer version, or not ours: waiting would not help.</exception>
    private static void Prepare(Store store)
    {
        try
        {
            store.Migrate();
        }
        catch (StoreException wrong)
        {
            store.Dispose();
            throw new UserErrorException(wrong.Message, ExitCodes.Failed, wrong);
        }
        catch (DbException)
        {
            // Said by the projector's health, on the page and in /health/ready.
        }
    }

    private async Task ServeAsync(SessionDeskOptions options, int port, LiveSession session, TimeProvider time, CancellationToken cancellation)
    {
        var token = options.Token ?? OperatorToken.New();
        _page = await DashboardHost.StartAsync(
            new DashboardOptions
            {
                Port = port,
                Address = options.Bind,
                Token = token,
                JournalFolder = session.Journal,
                Arming = options.Arming,
                Alerts = () => _alerts?.Health ?? [],
                Tuning = new SettingsDesk(session, options.SettingsFile),
                Version = typeof(SessionDesk).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown",
            },
            new KillFileSession(session, new KillFile(options.DataFolder)),
            _store.Reader(),
            time,
            cancellation);
        OperatorAddress = new UriBuilder(_page.Address) { Query = $"token={token}" }.Uri;
        _files = RunningInstance.Write(options.DataFolder, _page.Address, options.Mode, token, time);
    }
}

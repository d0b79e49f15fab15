using System.Net;
using Parallax.Reporting.Sessions;
using Parallax.Storage;
using Parallax.Storage.Projection;
using Parallax.Storage.Queries;

namespace Parallax.Dashboard.Tests;

/// <summary>A journal and its store, made once by a real run; hosts on free ports, as many as tests want.</summary>
public sealed class DeskFixture : IDisposable
{
    public const string Token = "a-token-for-tests-0123456789";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parallax-desk-");
    private readonly Store _store;

    public DeskFixture()
    {
        Run = BacktestRun.Play(_folder.FullName);
        JournalFolder = Path.Combine(_folder.FullName, "demo.journal");
        _store = Store.Open(StoreAddress.Parse(Path.Combine(_folder.FullName, "parallax.db")));
        new JournalProjector(_store, JournalFolder, TimeProvider.System).CatchUp(null, CancellationToken.None);
        Reader = _store.Reader();
    }

    internal BacktestRun Run { get; }

    public string JournalFolder { get; }

    public IStoreReader Reader { get; }

    internal async Task<RunningDesk> StartAsync(
        IStoreReader? store = null, Func<DashboardOptions, DashboardOptions>? change = null, Func<SessionSnapshot, SessionSnapshot>? picture = null)
    {
        var time = new ShiftedTime(Run.Picture.Time);
        var session = new StandingSession(picture?.Invoke(Run.Picture) ?? Run.Picture, time);
        var options = new DashboardOptions { Port = 0, Token = Token, JournalFolder = JournalFolder, Version = "0.1.0-test" };
        var host = await DashboardHost.StartAsync(change?.Invoke(options) ?? options, session, store ?? Reader, time, CancellationToken.None);
        return new RunningDesk(host, session, time);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Delete(recursive: true);
    }
}

/// <summary>A served desk and a client that keeps no cookies and follows no redirects.</summary>
internal sealed class RunningDesk(DashboardHost host, StandingSession session, ShiftedTime time) : IAsyncDisposable
{
    public Uri Address => host.Address;

    public StandingSession Session { get; } = session;

    public ShiftedTime Time { get; } = time;

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = host.Address, Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Waits until the desk shows what the store holds.</summary>
    public async Task<RunningDesk> ReadyAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!(await Client.GetAsync("/health/ready", deadline.Token)).IsSuccessStatusCode)
        {
            await Task.Delay(25, deadline.Token);
        }

        return this;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await host.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class DeskTests : ICollectionFixture<DeskFixture>, ICollectionFixture<BrowserFixture>
{
    public const string Name = "desk";
}

using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Parallax.Dashboard.Desk;
using Parallax.Domain;
using Parallax.Reporting.Sessions;

namespace Parallax.Dashboard.Live;

/// <summary>Renders the desk's panels a few times a second, once for everybody, and sends those that changed to whoever has the page open.</summary>
/// <remarks>Nobody looking, nothing rendered. A client that does not keep up is dropped: its browser comes back and gets everything afresh.</remarks>
public sealed class DeskFeed(IOperatedSession session, StoreWatch store, Rendering rendering, DashboardOptions options, TimeProvider time) : BackgroundService
{
    /// <summary>More pages than any desk has; each costs some kilobytes a second.</summary>
    public const int ClientsMax = 64;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(400);

    // The names are event names: "open", "error" and "message" are the browser's own.
    private static readonly Panel[] Panels =
    [
        new("state", typeof(StatePanel), 1),
        new("hero", typeof(HeroPanel), 1),
        new("feed", typeof(FeedPanel), 1),
        new("funnel", typeof(FunnelPanel), 2),
        new("plans", typeof(OpenPlansPanel), 1),
        new("recent", typeof(RecentPlansPanel), 1),
        new("balances", typeof(BalancesPanel), 2),
        new("limits", typeof(LimitsPanel), 2),
        new("differences", typeof(DifferencesPanel), 2),
        new("residuals", typeof(ResidualsPanel), 2),
        new("breakers", typeof(BreakersPanel), 2),
        new("estimates", typeof(EstimatesPanel), 3),
        new("limit-table", typeof(LimitTable), 2),
        new("books", typeof(BooksPanel), 3),
        new("foot", typeof(FootPanel), 3),
    ];

    private readonly Lock _door = new();
    private readonly List<DeskClient> _clients = [];
    private readonly Dictionary<string, string> _shown = [];
    private long _ticks;
    private long _dropped;

    public int Clients
    {
        get
        {
            lock (_door)
            {
                return _clients.Count;
            }
        }
    }

    /// <summary>Clients that did not keep up and were cut off.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public DeskView Look() => new(session.Current, UtcNanos.From(time.GetUtcNow()).Value, store.View, store.Trouble, options.Version) { Alerts = options.Alerts() };

    /// <summary>Joins the audience; the next tick brings every panel.</summary>
    /// <param name="cut">Ends the client's connection.</param>
    /// <returns>Null when there are too many already.</returns>
    public DeskClient? Join(Action cut)
    {
        lock (_door)
        {
            if (_clients.Count >= ClientsMax)
            {
                return null;
            }

            var client = new DeskClient(cut);
            _clients.Add(client);
            return client;
        }
    }

    public void Leave(DeskClient client)
    {
        lock (_door)
        {
            _clients.Remove(client);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            do
            {
                await TickAsync();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host ends.
        }
    }

    private async Task TickAsync()
    {
        DeskClient[] clients;
        lock (_door)
        {
            clients = [.. _clients];
        }

        if (clients.Length == 0)
        {
            _shown.Clear();
            return;
        }

        var view = Look();
        var parameters = new Dictionary<string, object?> { ["View"] = view };
        var changed = new List<SseItem<string>>();
        foreach (var panel in Panels)
        {
            if (_ticks % panel.EveryTicks != 0 && _shown.ContainsKey(panel.Name))
            {
                continue;
            }

            var html = await rendering.HtmlAsync(panel.Component, parameters);
            if (_shown.GetValueOrDefault(panel.Name) != html)
            {
                _shown[panel.Name] = html;
                changed.Add(new SseItem<string>(html, panel.Name));
            }
        }

        _ticks++;
        var pulse = new SseItem<string>(Pulse(view), "pulse");
        foreach (var client in clients)
        {
            // Whoever is new gets what everybody sees, the others what changed.
            var items = client.TakeFirst() ? _shown.Select(panel => new SseItem<string>(panel.Value, panel.Key)) : changed;
            if (!client.TrySend([.. items, pulse]))
            {
                Interlocked.Increment(ref _dropped);
                Leave(client);
            }
        }
    }

    /// <summary>How old the figures are, in milliseconds: the page counts on from there, and misses the next one when the connection is lost.</summary>
    private static string Pulse(DeskView view) => new JsonObject
    {
        ["now"] = view.Now / UtcNanos.PerMillisecond,
        ["session"] = view.SessionAge / UtcNanos.PerMillisecond,
        ["store"] = view.StoreAge / UtcNanos.PerMillisecond,
        ["trouble"] = view.StoreTrouble,
        ["position"] = view.Store?.Position.Sequence,
    }.ToJsonString();

    private sealed record Panel(string Name, Type Component, int EveryTicks);
}

using System.Net.ServerSentEvents;
using System.Text.Json;
using Parallax.Dashboard.Live;

namespace Parallax.Dashboard.Tests;

/// <summary>What an open page is sent.</summary>
[Collection(DeskTests.Name)]
public sealed class StreamTests(DeskFixture fixture)
{
    [Fact]
    public async Task A_page_that_comes_gets_every_panel_then_pulses_and_what_changes()
    {
        await using var desk = await (await fixture.StartAsync()).ReadyAsync();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var stream = await desk.Client.GetStreamAsync("/events", deadline.Token);
        await using var events = SseParser.Create(stream).EnumerateAsync(deadline.Token).GetAsyncEnumerator(deadline.Token);

        var panels = new List<string>();
        while (await events.MoveNextAsync() && events.Current.EventType != "pulse")
        {
            panels.Add(events.Current.EventType);
        }

        Assert.Equal(["balances", "books", "feed", "foot", "funnel", "hero", "plans", "recent", "state"], panels.Order(StringComparer.Ordinal));
        using var pulse = JsonDocument.Parse(events.Current.Data);
        Assert.InRange(pulse.RootElement.GetProperty("session").GetInt64(), 0, 5_000);

        await desk.Session.KillAsync("the market is odd", "test", deadline.Token);
        SseItem<string> changed;
        do
        {
            Assert.True(await events.MoveNextAsync());
            changed = events.Current;
        }
        while (changed.EventType != "state");

        Assert.Contains("killed", changed.Data, StringComparison.Ordinal);
        Assert.Contains("the market is odd", changed.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_pages_do_not_hold_up_the_end()
    {
        var desk = await (await fixture.StartAsync()).ReadyAsync();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var stream = await desk.Client.GetStreamAsync("/events", deadline.Token);
        var one = new byte[1];
        Assert.Equal(1, await stream.ReadAsync(one, deadline.Token));

        await desk.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5), deadline.Token);
    }

    [Fact]
    public void A_page_that_does_not_keep_up_is_cut_off_once()
    {
        var cuts = 0;
        using var client = new DeskClient(() => cuts++);
        var sent = 0;
        while (client.TrySend([new SseItem<string>("", "pulse")]))
        {
            Assert.True(++sent < 1_000, "The queue has no end.");
        }

        Assert.False(client.TrySend([]));
        Assert.Equal(1, cuts);
    }

    [Fact]
    public void A_page_that_was_closed_is_not_cut_off()
    {
        var cuts = 0;
        var client = new DeskClient(() => cuts++);
        client.Dispose();
        while (client.TrySend([]))
        {
            Assert.Equal(0, cuts);
        }

        Assert.Equal(0, cuts);
    }
}

using System.Net;
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

        Assert.Equal(["balances", "books", "breakers", "differences", "estimates", "feed", "foot", "funnel", "hero", "limit-table", "limits", "plans", "recent", "residuals", "state"], panels.Order(StringComparer.Ordinal));
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
    public async Task One_page_more_than_may_be_open_is_refused_in_words_and_let_in_once_another_has_left()
    {
        await using var desk = await (await fixture.StartAsync()).ReadyAsync();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var pages = new List<HttpResponseMessage>();
        for (var page = 0; page < DeskFeed.ClientsMax; page++)
        {
            pages.Add(await OpenAsync());
            Assert.Equal(HttpStatusCode.OK, pages[^1].StatusCode);
        }

        using (var refused = await OpenAsync())
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            using var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync(deadline.Token));
            Assert.Equal("too-many-pages", problem.RootElement.GetProperty("code").GetString());
        }

        pages[0].Dispose();
        // That a page has gone is noticed at the next thing it is sent.
        var next = await OpenAsync();
        while (next.StatusCode != HttpStatusCode.OK)
        {
            next.Dispose();
            await Task.Delay(50, deadline.Token);
            next = await OpenAsync();
        }

        pages.Add(next);
        pages.ForEach(page => page.Dispose());

        Task<HttpResponseMessage> OpenAsync() => desk.Client.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead, deadline.Token);
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

using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Parallax.Dashboard.Words;
using Parallax.Domain;
using Parallax.Reporting.Sessions;
using Parallax.Storage;

namespace Parallax.Dashboard.Tests;

/// <summary>Nothing there yet, or nothing to be had: the page says so in words.</summary>
[Collection(DeskTests.Name)]
public sealed class QuietDeskTests(DeskFixture fixture)
{
    [Fact]
    public async Task A_session_that_begins_says_what_it_waits_for_in_every_panel()
    {
        using var empty = new EmptyStore();
        await using var desk = await fixture.StartAsync(empty.Reader, picture: Beginning);
        var page = await WhenAsync(desk, html => html.Contains("Nothing detected today", StringComparison.Ordinal) && html.Contains("Win rate", StringComparison.Ordinal));

        Assert.Contains("No opportunity yet", page.QuerySelector("#feed .empty")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("None at this moment", page.QuerySelector("#plans .empty")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("No plan has closed yet", page.QuerySelector("#recent .empty")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing is held", page.QuerySelector("#balances .empty")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("No instrument is known", page.QuerySelector("#books .empty")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("–", page.QuerySelectorAll(".kpis dd.fig")[1].TextContent);
        Assert.Equal("0.00", page.QuerySelector("#hero .big")!.TextContent);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await desk.Client.GetAsync("/health/ready")).StatusCode);
    }

    [Theory]
    [InlineData(4.2, -73.8, "fees", "+4.20")]
    [InlineData(-1.06, -78.9, "no disagreement", "−1.06")]
    public async Task Before_the_first_opportunity_the_page_says_what_came_closest_and_what_it_lacked(double gross, double net, string label, string found)
    {
        using var empty = new EmptyStore();
        var miss = new NearMissView("USD>BTC>ETH>USD", (decimal)gross, (decimal)net, 45_296 * UtcNanos.PerSecond);
        await using var desk = await fixture.StartAsync(empty.Reader, picture: picture => picture with { NearestMiss = miss });
        var page = await WhenAsync(desk, html => html.Contains("Nearest miss", StringComparison.Ordinal));

        Assert.Contains($"USD → BTC → ETH → USD at {Show.Bps((decimal)net)} bps, 12:34:56", page.QuerySelector("#feed .near")!.TextContent, StringComparison.Ordinal);
        var why = page.QuerySelector("#near-miss")!;
        Assert.Equal(label, why.TextContent);
        Assert.Contains($"{found} bps", why.GetAttribute("data-why"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_gone_takes_only_its_own_figures_with_it()
    {
        using var gone = Store.Open(StoreAddress.Parse(Path.Combine(Path.GetTempPath(), "no-such-folder-of-parallax", "parallax.db")));
        await using var desk = await fixture.StartAsync(gone.Reader());
        var page = await WhenAsync(desk, html => html.Contains("The store did not answer", StringComparison.Ordinal));

        Assert.NotNull(page.QuerySelector("#hero .empty"));
        Assert.Equal(30, page.QuerySelectorAll("#books li:not(.head)").Length);
        Assert.NotEmpty(page.QuerySelectorAll("#balances tbody tr"));

        using var answer = await desk.Client.GetAsync("/api/v1/plans");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("store-unavailable", problem.RootElement.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("/plans/1-999999")]
    [InlineData("/plans/seventeen")]
    [InlineData("/plans/<script>alert(1)")]
    public async Task A_plan_that_is_not_there_is_said_to_be_missing(string path)
    {
        await using var desk = await fixture.StartAsync();
        using var answer = await desk.Client.GetAsync(path);
        var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.StartsWith("No plan ", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Scripts, script => script.Source is null);
    }

    internal static SessionSnapshot Beginning(SessionSnapshot picture) => picture with
    {
        State = TradingState.Starting,
        Books = [],
        Balances = [],
        OpenPlans = [],
        Cycles = 0,
        Opportunities = 0,
        Records = 0,
        Fills = 0,
        Latencies = [],
        Refused = new Dictionary<string, long>(),
        JournalSequence = 0,
        Venues = [picture.Venues[0] with { State = "connecting", LastFrameTime = null, ClockOffset = null, RoundTrip = null, Messages = 0 }],
    };

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> WhenAsync(RunningDesk desk, Predicate<string> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        string html;
        while (!holds(html = await desk.Client.GetStringAsync("/", deadline.Token)))
        {
            await Task.Delay(25, deadline.Token);
        }

        return await new HtmlParser().ParseDocumentAsync(html, deadline.Token);
    }
}

/// <summary>A store with its tables and nothing in them.</summary>
internal sealed class EmptyStore : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parallax-empty-");
    private readonly Store _store;

    public EmptyStore()
    {
        _store = Store.Open(StoreAddress.Parse(Path.Combine(_folder.FullName, "parallax.db")));
        _store.Migrate();
        Reader = _store.Reader();
    }

    public Storage.Queries.IStoreReader Reader { get; }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Delete(recursive: true);
    }
}

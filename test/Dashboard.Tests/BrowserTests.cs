using System.Globalization;
using Microsoft.Playwright;
using Parallax.Dashboard.Words;
using Parallax.Storage.Queries;
using Parallax.Testing;
using static Microsoft.Playwright.Assertions;

namespace Parallax.Dashboard.Tests;

/// <summary>The page in a real browser: what people see, at both widths and in both themes.</summary>
[Collection(DeskTests.Name)]
public sealed partial class BrowserTests(DeskFixture fixture, BrowserFixture browser)
{
    /// <summary>WCAG 2.2, success criterion 1.4.3: 4.5 to 1, and 3 to 1 for large text.</summary>
    private const string FaintTexts =
        """
        () => {
          const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
          const rgba = (colour) => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data];
          };
          const ground = (element) => {
            for (let at = element; at; at = at.parentElement) {
              const colour = rgba(getComputedStyle(at).backgroundColor);
              if (colour[3] === 255) return colour;
            }
            return rgba(getComputedStyle(document.documentElement).backgroundColor);
          };
          const light = (colour) => {
            const [r, g, b] = colour.slice(0, 3).map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const faint = new Set();
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (!walker.currentNode.textContent.trim() || !element.checkVisibility()) continue;
            const style = getComputedStyle(element);
            const [high, low] = [light(rgba(style.color)), light(ground(element))].sort((a, b) => b - a);
            const ratio = (high + 0.05) / (low + 0.05);
            const size = parseFloat(style.fontSize);
            const wanted = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
            if (ratio < wanted) faint.add(`${element.className || element.tagName}: ${ratio.toFixed(2)} "${walker.currentNode.textContent.trim().slice(0, 20)}"`);
          }
          return [...faint];
        }
        """;

    private static readonly string Screenshots = Path.Combine(Repository.Root, "artifacts", "screenshots");

    [BrowserTheory]
    [InlineData(1440, 900, ColorScheme.Dark)]
    [InlineData(1440, 900, ColorScheme.Light)]
    [InlineData(375, 812, ColorScheme.Dark)]
    [InlineData(375, 812, ColorScheme.Light)]
    public async Task Desk_and_plan_fit_the_screen_complain_about_nothing_and_ask_nobody_else(int width, int height, ColorScheme scheme)
    {
        await using var desk = await (await fixture.StartAsync()).ReadyAsync();
        await using var visit = await VisitAsync(desk, width, height, scheme);
        var page = visit.Page;
        await OpenAsync(page, desk.Address);
        await Expect(page.Locator("#chart-canvas canvas").First).ToBeVisibleAsync();
        await Expect(page.Locator("#feed .age")).ToContainTextAsync("ms");
        await CheckWidthAsync(page, width);
        await ShootAsync(page, $"desk-{width}-{scheme}");

        await page.GotoAsync(new Uri(desk.Address, $"/plans/{await APlanAsync("completed")}").ToString());
        await Expect(page.Locator(".timeline li.end")).ToBeVisibleAsync();
        await CheckWidthAsync(page, width);
        await ShootAsync(page, $"plan-{width}-{scheme}");

        Assert.Empty(visit.Complaints);
        Assert.All(visit.Requests, asked => Assert.StartsWith(desk.Address.ToString(), asked));
    }

    [BrowserFact]
    public async Task A_stop_asks_for_a_reason_says_what_will_happen_and_what_came_of_it()
    {
        await using var desk = await (await fixture.StartAsync()).ReadyAsync();
        await using var visit = await VisitAsync(desk, 1440, 900, ColorScheme.Dark);
        var page = visit.Page;
        await OpenAsync(page, desk.Address);

        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("k");
        var dialog = page.Locator("#kill-dialog");
        await Expect(dialog).ToBeVisibleAsync();
        await Expect(dialog).ToContainTextAsync("The 2 open plans");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Stop trading" }).ClickAsync();
        Assert.Empty(desk.Session.Commands);

        await dialog.GetByLabel("Reason").FillAsync("the market is odd");
        await ShootAsync(page, "kill-1440-Dark", isFull: false);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Stop trading" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("Trading is stopped");
        await Expect(page.Locator(".engine")).ToContainTextAsync("the market is odd");
        Assert.Equal(["kill by page: the market is odd"], desk.Session.Commands);

        await Expect(dialog).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await page.Locator("#resume-dialog").GetByLabel("Reason").FillAsync("it was the news");
        await page.Locator("#resume-dialog").GetByRole(AriaRole.Button, new() { Name = "Resume trading" }).ClickAsync();
        await Expect(page.Locator(".engine")).ToContainTextAsync("running");
        Assert.Empty(visit.Complaints);
    }

    [BrowserFact]
    public async Task A_lost_connection_is_said_within_two_seconds_and_forgotten_when_it_is_back()
    {
        var desk = await (await fixture.StartAsync()).ReadyAsync();
        await using var visit = await VisitAsync(desk, 1440, 900, ColorScheme.Dark);
        var page = visit.Page;
        await OpenAsync(page, desk.Address);
        await Expect(page.Locator("#feed .age")).ToContainTextAsync("ms");
        await Expect(page.Locator("#lost")).ToBeHiddenAsync();

        await desk.DisposeAsync();
        await Expect(page.Locator("#lost")).ToBeVisibleAsync(new() { Timeout = 2_500 });
        await Expect(page.Locator("#lost")).ToContainTextAsync("Connection lost");
        await ShootAsync(page, "lost-1440-Dark", isFull: false);

        await using var again = await fixture.StartAsync(change: options => options with { Port = desk.Address.Port });
        await Expect(page.Locator("#lost")).ToBeHiddenAsync(new() { Timeout = 20_000 });
    }

    [BrowserFact]
    public async Task A_chip_explains_itself_the_filter_narrows_and_the_theme_switches()
    {
        await using var desk = await (await fixture.StartAsync()).ReadyAsync();
        await using var visit = await VisitAsync(desk, 1440, 900, ColorScheme.Dark);
        var page = visit.Page;
        await OpenAsync(page, desk.Address);

        await page.Locator("#feed button.chip").First.ClickAsync();
        await Expect(page.Locator("#why")).ToBeVisibleAsync();
        Assert.NotEmpty(await page.Locator("#why p").InnerTextAsync());
        await ShootAsync(page, "why-1440-Dark", isFull: false);
        await page.Keyboard.PressAsync("Escape");

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("no such asset");
        await Expect(page.Locator("#feed tbody tr:visible")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#feed tbody tr:visible")).Not.ToHaveCountAsync(0);

        var dark = await BackgroundAsync(page);
        await page.Locator("#theme").ClickAsync();
        await Expect(page.Locator("#theme")).ToContainTextAsync("Light");
        Assert.NotEqual(dark, await BackgroundAsync(page));
        Assert.Empty(visit.Complaints);
    }

    [BrowserFact]
    public async Task The_feed_stands_still_under_a_moving_mouse_says_so_and_catches_up_when_the_mouse_leaves()
    {
        var store = new LateStore(fixture.Reader);
        var newest = Assert.Single(await fixture.Reader.OpportunitiesAsync(new Page(1), CancellationToken.None));
        await using var desk = await fixture.StartAsync(store);
        await using var visit = await VisitAsync(desk, 1440, 900, ColorScheme.Dark);
        var page = visit.Page;
        await OpenAsync(page, desk.Address);
        var first = page.Locator("#feed tbody tr").First;
        await Expect(first).ToBeVisibleAsync();
        var time = first.Locator("time");
        var before = await time.GetAttributeAsync("datetime");
        var newestId = $"o{newest.Session}-{newest.Number}";
        await Expect(page.Locator($"#{newestId}")).ToHaveCountAsync(0);

        await first.HoverAsync();
        store.CatchUp();
        await Expect(page.Locator("#feed.is-held")).ToBeVisibleAsync();
        // Each look moves the mouse, or it would count as parked.
        var isSent = false;
        for (var look = 0; look < 10 || !isSent; look++)
        {
            Assert.True(look < 200, "The newest opportunity was never sent.");
            await page.Mouse.MoveAsync(400 + (look % 20), 300);
            Assert.Equal(before, await time.GetAttributeAsync("datetime"));
            isSent |= (await desk.Client.GetStringAsync("/")).Contains($"id=\"{newestId}\"", StringComparison.Ordinal);
            await Task.Delay(100);
        }

        await page.Mouse.MoveAsync(5, 5);
        await Expect(page.Locator($"#{newestId}")).ToBeVisibleAsync();
        await Expect(page.Locator("#feed.is-held")).ToHaveCountAsync(0);
        Assert.Empty(visit.Complaints);
    }

    [BrowserFact]
    public async Task The_chart_can_be_read_as_a_table_with_the_same_figures_as_its_file()
    {
        await using var desk = await (await fixture.StartAsync()).ReadyAsync();
        await using var visit = await VisitAsync(desk, 1440, 900, ColorScheme.Dark);
        var page = visit.Page;
        await OpenAsync(page, desk.Address);
        await Expect(page.Locator("#chart-canvas canvas").First).ToBeVisibleAsync();

        var toggle = page.Locator("#chart-table");
        await toggle.ClickAsync();
        await Expect(page.Locator("#chart-canvas")).ToBeHiddenAsync();
        await Expect(toggle).ToHaveAttributeAsync("aria-pressed", "true");
        // Asked after the page did, so the file may have points more, never less.
        var rows = await page.Locator("#chart-rows tbody tr").AllInnerTextsAsync();
        var file = (await desk.Client.GetStringAsync("/api/v1/chart.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(','))
            .ToDictionary(cells => cells[0][11..19], cells => (Equity: Show.Signed(decimal.Parse(cells[1], CultureInfo.InvariantCulture)), Activity: cells[3].Trim()));
        Assert.InRange(rows.Count, 10, 300);
        Assert.All(rows.Select(row => row.Split('\t')), cells => Assert.Equal(file[cells[0]], (cells[1], cells[3])));
        await CheckWidthAsync(page, 1440);

        await toggle.ClickAsync();
        await Expect(page.Locator("#chart-canvas")).ToBeVisibleAsync();
        await Expect(page.Locator("#chart-rows")).ToBeHiddenAsync();
        Assert.Empty(visit.Complaints);
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task Every_text_stands_out_from_its_ground(ColorScheme scheme)
    {
        await using var desk = await (await fixture.StartAsync()).ReadyAsync();
        await using var visit = await VisitAsync(desk, 1440, 900, scheme);
        foreach (var path in new[] { "/", $"/plans/{await APlanAsync("unwound")}" })
        {
            await visit.Page.GotoAsync(new Uri(desk.Address, path).ToString());
            Assert.Empty(await visit.Page.EvaluateAsync<string[]>(FaintTexts));
        }
    }

    [BrowserTheory]
    [InlineData(1440, 900, ColorScheme.Light)]
    [InlineData(375, 812, ColorScheme.Dark)]
    public async Task A_desk_with_nothing_to_show_still_says_something(int width, int height, ColorScheme scheme)
    {
        using var empty = new EmptyStore();
        await using var desk = await fixture.StartAsync(empty.Reader, picture: QuietDeskTests.Beginning);
        await using var visit = await VisitAsync(desk, width, height, scheme);
        await OpenAsync(visit.Page, desk.Address);
        await Expect(visit.Page.Locator("#hero .big")).ToHaveTextAsync("0.00");
        await Expect(visit.Page.Locator("#chart-empty")).ToBeVisibleAsync();
        await CheckWidthAsync(visit.Page, width);
        await ShootAsync(visit.Page, $"empty-{width}-{scheme}");
        Assert.Empty(visit.Complaints);
    }

    [BrowserFact]
    public async Task The_keys_lead_to_the_market_back_to_the_desk_and_to_the_list_of_keys()
    {
        await using var desk = await (await fixture.StartAsync()).ReadyAsync();
        await using var visit = await VisitAsync(desk, 1440, 900, ColorScheme.Dark);
        await OpenAsync(visit.Page, desk.Address);

        await visit.Page.Keyboard.TypeAsync("gm");
        await visit.Page.WaitForFunctionAsync("scrollY > 200");
        await visit.Page.Keyboard.TypeAsync("gd");
        await visit.Page.WaitForFunctionAsync("scrollY === 0");
        await visit.Page.Keyboard.TypeAsync("?");
        await Expect(visit.Page.Locator("#help-dialog")).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Page.Locator("#help-dialog")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task A_silent_engine_is_told_from_a_lost_connection()
    {
        await using var desk = await (await fixture.StartAsync()).ReadyAsync();
        await using var visit = await VisitAsync(desk, 1440, 900, ColorScheme.Dark);
        await OpenAsync(visit.Page, desk.Address);
        await Expect(visit.Page.Locator("#books .age")).ToContainTextAsync("ms");

        desk.Session.IsSilent = true;
        await Expect(visit.Page.Locator("#books.is-stale .age")).ToContainTextAsync("stale");
        await Expect(visit.Page.Locator(".heard.is-stale .age")).ToContainTextAsync("stale");
        await Expect(visit.Page.Locator("#lost")).ToBeHiddenAsync();
        await ShootAsync(visit.Page, "stale-1440-Dark", isFull: false);
    }

    private async Task<string> APlanAsync(string outcome) =>
        (await fixture.Reader.PlansAsync(new Page(200), openOnly: false, CancellationToken.None)).First(plan => plan.Outcome == outcome).Key.ToString();

    private static Task<string> BackgroundAsync(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor");

    private static async Task OpenAsync(IPage page, Uri address)
    {
        await page.GotoAsync(new Uri(address, $"/?token={DeskFixture.Token}").ToString());
        Assert.Equal(address.ToString(), page.Url);
    }

    private static async Task CheckWidthAsync(IPage page, int width) =>
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "The page scrolls sideways.");

    private static async Task ShootAsync(IPage page, string name, bool isFull = true) =>
        await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, name.ToLowerInvariant() + ".png"), FullPage = isFull });

    private async Task<Visit> VisitAsync(RunningDesk desk, int width, int height, ColorScheme scheme)
    {
        var context = await browser.Browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, DeviceScaleFactor = width < 400 ? 2 : 1 });
        return new Visit(context, await context.NewPageAsync());
    }

    /// <summary>A page with everything it complained of and asked for.</summary>
    private sealed class Visit : IAsyncDisposable
    {
        private readonly IBrowserContext _context;

        public Visit(IBrowserContext context, IPage page)
        {
            (_context, Page) = (context, page);
            page.Console += (_, message) =>
            {
                if (message.Type is "error" or "warning")
                {
                    Complaints.Add(message.Text);
                }
            };
            page.PageError += (_, error) => Complaints.Add(error);
            page.Request += (_, request) => Requests.Add(request.Url);
        }

        public IPage Page { get; }

        public System.Collections.Concurrent.ConcurrentBag<string> Complaints { get; } = [];

        public System.Collections.Concurrent.ConcurrentBag<string> Requests { get; } = [];

        public async ValueTask DisposeAsync() => await _context.CloseAsync();
    }
}

using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Parallax.Dashboard.Tests;
using Parallax.Dashboard.Words;
using static Microsoft.Playwright.Assertions;

namespace Parallax.Journey.Tests;

/// <summary>What someone sees who has just cloned the repository: one command, then the page.</summary>
[Collection(OneDemoAtATime.Name)]
public sealed class DemoJourneyTests(BrowserFixture browser) : IDisposable
{
    private static readonly TimeSpan FirstPlanLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [BrowserFact]
    public async Task The_page_shows_plans_within_thirty_seconds_stops_on_demand_and_agrees_with_api_database_and_journal()
    {
        await using var demo = await DemoProcess.StartAsync(_folder.Path, "--seed", "7");
        await demo.StatusAsync(HasCompleted, FirstPlanLimit, "The first completed plan");
        Assert.True(demo.Age < FirstPlanLimit, $"The first completed plan came {demo.Age} after the start.");

        await using (var desk = await Visit.OpenAsync(browser.Browser, demo.OperatorPage, 1440, 900, ColorScheme.Light))
        {
            Assert.Equal(demo.Page.ToString(), desk.Page.Url);
            await Expect(desk.Page.Locator(".mode")).ToHaveTextAsync("DEMO");
            await Expect(desk.Page.Locator(".engine")).ToContainTextAsync("running");
            await Expect(desk.Page.Locator("#recent li").First).ToBeVisibleAsync();
            await Expect(desk.Page.Locator("#chart-canvas canvas").First).ToBeVisibleAsync();
            await desk.ShootAsync("demo-1440-light");

            await StopAsync(desk.Page, "the test looks at the books");
            await AgreeAsync(demo, desk.Page);
            await desk.ShootAsync("demo-killed-1440-light");
            await ExplainAsync(desk);
            await ResumeAsync(desk.Page, "the books agree");
            Assert.Empty(desk.Complaints);
            Assert.All(desk.Requests, asked => Assert.StartsWith(demo.Page.ToString(), asked, StringComparison.Ordinal));
        }

        await demo.StatusAsync(status => (string)status["state"]! == "running", Soon, "Trading again");
        Assert.Equal(["kill by page: the test looks at the books", "resume by page: the books agree"], await CommandsAsync(demo));
        await LookAsync(demo, 375, 812, ColorScheme.Light, "demo-375-light");
        await LookAsync(demo, 1440, 900, ColorScheme.Dark, "demo-1440-dark");
    }

    private static bool HasCompleted(JsonObject status) => (int?)status["this_session"]?["outcomes"]?["completed"] > 0;

    private static async Task StopAsync(IPage page, string reason)
    {
        await page.Locator("button.kill").ClickAsync();
        var dialog = page.Locator("#kill-dialog");
        await dialog.GetByLabel("Reason").FillAsync(reason);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Stop trading" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Status)).Not.ToBeEmptyAsync();
        await Expect(page.Locator(".engine")).ToHaveAttributeAsync("data-state", "killed");
        await Expect(page.Locator(".engine .reason")).ToHaveTextAsync(reason);
        await Expect(dialog).ToBeHiddenAsync();
    }

    private static async Task ResumeAsync(IPage page, string reason)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        var dialog = page.Locator("#resume-dialog");
        await dialog.GetByLabel("Reason").FillAsync(reason);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Resume trading" }).ClickAsync();
        await Expect(page.Locator(".engine")).ToHaveAttributeAsync("data-state", "running");
    }

    /// <summary>While no plan runs the figures stand still: one truth, told four times.</summary>
    private static async Task AgreeAsync(DemoProcess demo, IPage page)
    {
        var status = await demo.StatusAsync(IsStill, Soon, "A stopped engine without open plans and a store level with the journal");
        Assert.Equal("the test looks at the books", (string)status["state_reason"]!);
        var journal = JournalFold.Of(demo.Journal, 1);
        using var database = new DatabaseRows(demo.Database);
        Assert.Equal(["kill by page: the test looks at the books"], journal.Commands);
        Assert.Equal(["kill: Trading was stopped (page): the test looks at the books"], database.Commands(1));

        Assert.True(journal.Figures.Plans > 0);
        Assert.Equal(journal.Figures, SessionFigures.Of(status));
        Assert.Equal(journal.Figures, database.Figures(1));

        Assert.Equal(journal.Balances, database.Balances(1));
        Assert.Equal(journal.Balances, (await demo.AskAsync("balances"))["balances"]!.AsArray()
            .Select(held => (Asset: (string)held!["asset"]!, Amount: SessionFigures.Amount(held["total"]!)))
            .Where(held => held.Amount != 0m)
            .ToDictionary(held => held.Asset, held => held.Amount, StringComparer.Ordinal));
        await ShowsAsync(page, journal);
    }

    private static bool IsStill(JsonObject status) =>
        (string)status["state"]! == "killed" && status["open_plans"]!.AsArray().Count == 0 && (int)status["this_session"]!["open"]! == 0 && (long?)status["store"]!["behind"] == 0;

    private static async Task ShowsAsync(IPage page, JournalFold journal)
    {
        var figures = journal.Figures;
        var pnl = Figure(page, "PnL, session");
        await Expect(pnl).ToHaveAttributeAsync("title", $"{Show.ExactSigned(figures.Realised)} USD");
        await Expect(pnl).ToHaveTextAsync(Show.Signed(figures.Realised));
        await Expect(Figure(page, "Win rate")).ToHaveTextAsync(Show.Percent(figures.WinRate));
        await Expect(Figure(page, "Plan duration")).ToHaveTextAsync(Show.Duration(figures.MeanDuration!.Value));
        await Expect(Figure(page, "Plans")).ToHaveTextAsync(Show.Count(figures.Plans));
        await Expect(Figure(page, "Completed")).ToHaveTextAsync(Show.Percent((decimal)figures.Completed / figures.Plans));
        await Expect(page.Locator("#foot .facts div", new() { HasText = "Fills" }).Locator("dd")).ToHaveTextAsync(Show.Count(figures.Fills));
        foreach (var (asset, total) in journal.Balances.OrderBy(held => held.Key, StringComparer.Ordinal))
        {
            // The smallest of more than seven are summed up below the table.
            var row = page.Locator("#balances tbody tr").Filter(new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = asset, Exact = true }) });
            if (journal.Balances.Count <= 7 || await row.CountAsync() == 1)
            {
                await Expect(row.Locator("td").First).ToHaveAttributeAsync("title", $"{Show.Exact(total)} {asset}");
            }
        }
    }

    /// <summary>The session began today with an empty folder, so the figures of today are its own.</summary>
    private static ILocator Figure(IPage page, string name) =>
        page.Locator(".kpis > div").Filter(new() { Has = page.Locator("dt", new() { HasTextRegex = new($"^{name}", default, TimeSpan.FromSeconds(1)) }) }).Locator("dd.fig");

    private static async Task ExplainAsync(Visit desk)
    {
        await desk.Page.Locator("#recent a").First.ClickAsync();
        await Expect(desk.Page.Locator(".timeline li.end")).ToBeVisibleAsync();
        await Expect(desk.Page.Locator(".sentence")).ToContainTextAsync("USD");
        await desk.ShootAsync("demo-plan-1440-light");
    }

    private async Task LookAsync(DemoProcess demo, int width, int height, ColorScheme scheme, string name)
    {
        await using var desk = await Visit.OpenAsync(browser.Browser, demo.Page, width, height, scheme);
        await Expect(desk.Page.Locator("#recent li").First).ToBeVisibleAsync();
        await Expect(desk.Page.Locator("#feed .age")).ToContainTextAsync("ms");
        await desk.ShootAsync(name);
        Assert.Empty(desk.Complaints);
        Assert.All(desk.Requests, asked => Assert.StartsWith(demo.Page.ToString(), asked, StringComparison.Ordinal));
    }

    /// <summary>The journal's commands, once the resume is among them: it is flushed before it is answered.</summary>
    private static Task<List<string>> CommandsAsync(DemoProcess demo) =>
        Patience.UntilAsync(() => Task.FromResult(JournalFold.Of(demo.Journal, 1).Commands), commands => commands.Count >= 2, Soon, "The resume in the journal");
}

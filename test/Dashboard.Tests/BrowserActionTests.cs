using Microsoft.Playwright;
using Parallax.Reporting.Sessions;
using static Microsoft.Playwright.Assertions;

namespace Parallax.Dashboard.Tests;

/// <content>Risk: what waits for an operator, and what he decides about it.</content>
public sealed partial class BrowserTests
{
    [BrowserTheory]
    [InlineData(1440, 900, ColorScheme.Dark)]
    [InlineData(1440, 900, ColorScheme.Light)]
    [InlineData(375, 812, ColorScheme.Dark)]
    [InlineData(375, 812, ColorScheme.Light)]
    public async Task The_risk_page_fits_the_screen_and_reads_well(int width, int height, ColorScheme scheme)
    {
        await using var desk = await (await fixture.StartAsync(picture: Attention.Waiting)).ReadyAsync();
        await using var visit = await VisitAsync(desk, width, height, scheme);
        var page = visit.Page;
        await OpenAsync(page, desk.Address);
        await page.GotoAsync(new Uri(desk.Address, "/risk").ToString());
        await Expect(page.Locator("#breakers .age")).ToContainTextAsync("ms");
        await CheckWidthAsync(page, width);
        await ShootAsync(page, $"risk-{width}-{scheme}");
        Assert.Empty(await page.EvaluateAsync<string[]>(FaintTexts));

        await page.Locator("#work-off-3").ClickAsync();
        await Expect(page.Locator("#act-dialog")).ToBeVisibleAsync();
        await CheckWidthAsync(page, width);
        await ShootAsync(page, $"act-{width}-{scheme}", isFull: false);
        Assert.Empty(visit.Complaints);
    }

    [BrowserFact]
    public async Task A_residual_is_worked_off_by_typing_its_amount_and_a_refusal_can_be_corrected()
    {
        await using var desk = await (await fixture.StartAsync(picture: Attention.Waiting)).ReadyAsync();
        await using var visit = await VisitAsync(desk, 1440, 900, ColorScheme.Dark);
        var page = visit.Page;
        await OpenAsync(page, desk.Address);
        await page.GotoAsync(new Uri(desk.Address, "/risk").ToString());
        desk.Session.Act = action => action is OperatorAction.WorkOffResidual { Confirmation: "work off 0.002 BTC" }
            ? new OperatorAnswer(true, "Residual 3 is on its way home.")
            : new OperatorAnswer(false, "It was not confirmed: the words are 'work off 0.002 BTC'.");

        await page.Locator("#work-off-3").ClickAsync();
        var dialog = page.Locator("#act-dialog");
        await dialog.GetByLabel("To confirm").FillAsync("yes");
        await dialog.GetByLabel("Reason").FillAsync("enough waiting");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Work off" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("It was not confirmed");

        await dialog.GetByLabel("To confirm").FillAsync("work off 0.002 BTC");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Work off" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("on its way home");
        Assert.EndsWith("by page: enough waiting", desk.Session.Commands[^1], StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task E10_A_double_click_and_a_form_that_is_replayed_have_one_effect()
    {
        await using var desk = await (await fixture.StartAsync(picture: Attention.Waiting)).ReadyAsync();
        await using var visit = await VisitAsync(desk, 1440, 900, ColorScheme.Dark);
        var page = visit.Page;
        await OpenAsync(page, desk.Address);
        await page.GotoAsync(new Uri(desk.Address, "/risk").ToString());
        await page.Locator("[id='reset-venue:kraken']").ClickAsync();
        var dialog = page.Locator("#act-dialog");
        await dialog.GetByLabel("Reason").FillAsync("the trouble is over");
        var drawn = await dialog.Locator("[name=key]").InputValueAsync();

        // Twice before the page could react, as an impatient finger or a stuck button does.
        await page.EvaluateAsync("() => { const form = document.querySelector('#act-dialog form'); form.requestSubmit(); form.requestSubmit(); }");
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("It is done.");
        Assert.Equal(["SwitchBreaker { Name = venue:kraken, IsTrip = False } by page: the trouble is over"], desk.Session.Commands);

        // The same form once more, as a browser does that goes back: the answer is the first one.
        var status = await page.EvaluateAsync<int>(
            """
            async (key) => (await fetch("/api/v1/control/breakers/reset", { method: "POST",
              headers: { "Content-Type": "application/json", "Idempotency-Key": key },
              body: JSON.stringify({ breaker: "venue:kraken", reason: "the trouble is over" }) })).status
            """,
            drawn);
        Assert.Equal(200, status);
        Assert.Single(desk.Session.Commands);
    }
}

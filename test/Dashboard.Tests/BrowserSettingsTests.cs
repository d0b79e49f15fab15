using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Parallax.Dashboard.Tests;

/// <content>Settings: one form, changed as a whole.</content>
public sealed partial class BrowserTests
{
    [BrowserTheory]
    [InlineData(1440, 900, ColorScheme.Dark)]
    [InlineData(375, 812, ColorScheme.Light)]
    public async Task The_settings_page_lists_what_was_changed_and_sends_only_that(int width, int height, ColorScheme scheme)
    {
        var settings = new StandingSettings();
        await using var desk = await (await fixture.StartAsync(change: options => options with { Tuning = settings })).ReadyAsync();
        await using var visit = await VisitAsync(desk, width, height, scheme);
        var page = visit.Page;
        await OpenAsync(page, desk.Address);
        await page.GotoAsync(new Uri(desk.Address, "/settings").ToString());
        var apply = page.GetByRole(AriaRole.Button, new() { Name = "Apply" });
        await Expect(apply).ToBeDisabledAsync();

        await page.Locator("[name='limits.open-plans']").FillAsync("2");
        await page.Locator("[name='execution.policy']").SelectOptionAsync("expected-value");
        await Expect(page.Locator("[data-changes]")).ToContainTextAsync("limits.open-plans: 4 → 2");
        await ShootAsync(page, $"settings-{width}-{scheme}");
        await CheckWidthAsync(page, width);
        Assert.Empty(await page.EvaluateAsync<string[]>(FaintTexts));

        await apply.ClickAsync();
        await Expect(page.Locator(".apply .answer")).ToContainTextAsync("A reason is needed");
        await page.Locator(".apply [name=reason]").FillAsync("a calm market");
        await apply.ClickAsync();
        await Expect(page.Locator(".apply .answer")).ToContainTextAsync("Version 2");
        Assert.Equal(["execution.policy=expected-value limits.open-plans=2 by page: a calm market"], settings.Asked.Select(Sorted));
        await Expect(apply).ToBeDisabledAsync();

        // Somebody else was faster.
        await settings.ChangeAsync(2, new Dictionary<string, string> { ["limits.daily-loss"] = "50" }, "elsewhere", "cli", default);
        await page.Locator("[name='limits.open-plans']").FillAsync("9");
        await page.Locator(".apply [name=reason]").FillAsync("more");
        await apply.ClickAsync();
        await Expect(page.Locator(".apply .answer")).ToContainTextAsync("Reload the page");
        Assert.DoesNotContain(visit.Complaints, complaint => !complaint.Contains("409", StringComparison.Ordinal));
    }

    private static string Sorted(string asked)
    {
        var by = asked.IndexOf(" by ", StringComparison.Ordinal);
        return string.Join(' ', asked[..by].Split(' ').Order(StringComparer.Ordinal)) + asked[by..];
    }
}

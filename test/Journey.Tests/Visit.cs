using System.Collections.Concurrent;
using Microsoft.Playwright;
using Parallax.Testing;

namespace Parallax.Journey.Tests;

/// <summary>A browser's window on the demo, with everything it complained of and asked for.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private static readonly string Screenshots = Path.Combine(Repository.Root, "artifacts", "screenshots");

    private readonly IBrowserContext _context;

    private Visit(IBrowserContext context, IPage page)
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

    public ConcurrentBag<string> Complaints { get; } = [];

    /// <summary>Addresses.</summary>
    public ConcurrentBag<string> Requests { get; } = [];

    public static async Task<Visit> OpenAsync(IBrowser browser, Uri address, int width, int height, ColorScheme scheme)
    {
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, DeviceScaleFactor = width < 400 ? 2 : 1 });
        var visit = new Visit(context, await context.NewPageAsync());
        await visit.Page.GotoAsync(address.ToString());
        return visit;
    }

    /// <summary>Keeps a picture of the whole page; it must not be wider than its window.</summary>
    public async Task ShootAsync(string name)
    {
        Assert.True(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") <= 0, "The page scrolls sideways.");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, name + ".png"), FullPage = true });
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}

using Microsoft.Playwright;
using Parallax.Testing;

namespace Parallax.Dashboard.Tests;

/// <summary>Debian's chromium, driven by Playwright. Nothing is downloaded.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public static string Executable { get; } = Environment.GetEnvironmentVariable("PARALLAX_CHROMIUM") ?? "/usr/bin/chromium";

    /// <summary>Why browser tests are skipped; null when they run.</summary>
    public static string? SkipReason => File.Exists(Executable) || SharedData.IsRequired ? null : $"No browser at {Executable}: install chromium, or name one in PARALLAX_CHROMIUM.";

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser was not started.");

    public async Task InitializeAsync()
    {
        if (SkipReason is null)
        {
            _playwright = await Playwright.CreateAsync();
            // As root, chromium has no sandbox of its own.
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = ["--no-sandbox", "--disable-gpu"] });
        }
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }
}

/// <summary>A test that needs a browser: skipped where there is none, failing where everything is required.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = BrowserFixture.SkipReason;
}

/// <summary>As <see cref="BrowserFactAttribute"/>, for several cases.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = BrowserFixture.SkipReason;
}

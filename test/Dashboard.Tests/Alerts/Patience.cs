namespace Parallax.Dashboard.Tests.Alerts;

/// <summary>Waits for what other threads do, and no longer than a minute.</summary>
internal static class Patience
{
    public static async Task UntilAsync(Func<bool> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!holds())
        {
            Assert.False(deadline.IsCancellationRequested, "A minute, and it did not come.");
            await Task.Delay(10);
        }
    }
}

using System.Diagnostics;

namespace Parallax.Storage.Tests.Engines;

internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Waits until something is so, and fails after a minute.</summary>
    /// <param name="found">What is the case instead.</param>
    public static async Task IsTrueAsync(Func<bool> condition, Func<object?> found)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Deadline, $"Not within {Deadline}: {found()}");
            await Task.Delay(5);
        }
    }
}

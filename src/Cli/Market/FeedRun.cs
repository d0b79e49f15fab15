using Parallax.Venues.Kraken.Live;

namespace Parallax.Cli.Market;

/// <summary>Runs a public feed for a while, with a look at it now and then.</summary>
internal static class FeedRun
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    /// <param name="length">How long; <see langword="null"/> until <paramref name="cancellation"/>, which is the usual end and no failure.</param>
    /// <param name="look">Called ten times a second, with the time since the start.</param>
    /// <exception cref="IOException">What the records were handed to has failed.</exception>
    public static void For(TimeSpan? length, KrakenFeed feed, Action<TimeSpan> look, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        feed.Start();
        var elapsed = TimeSpan.Zero;
        while (!feed.Completion.IsCompleted && (length is null || elapsed < length))
        {
            var left = length - elapsed ?? LookInterval;
            if (cancellation.WaitHandle.WaitOne(left < LookInterval ? left : LookInterval))
            {
                break;
            }

            elapsed = TimeProvider.System.GetElapsedTime(started);
            look(elapsed);
        }

        feed.Dispose();
        // The sink's own exception, if it threw one.
        feed.Completion.GetAwaiter().GetResult();
    }

    /// <summary>One line on how the feed does.</summary>
    public static string Describe(KrakenFeed feed, int instruments, TimeSpan elapsed)
    {
        var health = feed.Health;
        return $"{elapsed:hh\\:mm\\:ss}  {health.State}, {health.LiveBooks} of {instruments} books live, {health.Messages:N0} messages"
            + (health.LastEnd is { } end && health.LiveBooks == 0 ? $"; {end}" : "");
    }
}

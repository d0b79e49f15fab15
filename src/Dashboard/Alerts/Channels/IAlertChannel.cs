namespace Parallax.Dashboard.Alerts.Channels;

/// <summary>A way to somebody who does not look at the page.</summary>
public interface IAlertChannel
{
    /// <summary>One lower-case word: <c>telegram</c>, <c>discord</c>, <c>email</c>.</summary>
    string Name { get; }

    /// <summary>Delivers a message once; does not try again.</summary>
    /// <exception cref="ChannelException">It was not delivered, as far as is known.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task SendAsync(AlertMessage message, CancellationToken cancellation);
}

/// <summary>A message was not delivered.</summary>
/// <param name="message">One sentence, without address parts or answers that may hold a secret.</param>
/// <param name="retryAfter">What the service asked for; null when it named no time.</param>
public sealed class ChannelException(string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>How long to wait after a failure of whatever kind.</summary>
    /// <param name="failures">In a row, this one included; each doubles the pause.</param>
    internal static TimeSpan Pause(Exception wrong, int failures, TimeSpan first, TimeSpan max)
    {
        var pause = first * Math.Pow(2, Math.Min(failures - 1, 20));
        pause = pause < max ? pause : max;
        return wrong is ChannelException { RetryAfter: { } asked } && asked > pause ? asked : pause;
    }
}

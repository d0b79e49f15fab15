namespace Parallax.Venues.Tests.Connectivity;

/// <summary>A clock that stands until it is set, forwards or back.</summary>
internal sealed class HandClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

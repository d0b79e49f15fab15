using Parallax.Domain;

namespace Parallax.Dashboard.Tests;

/// <summary>The machine's clock, moved so that it starts at a moment of a recording: what was recorded is fresh then.</summary>
internal sealed class ShiftedTime(long start) : TimeProvider
{
    private readonly TimeSpan _shift = new UtcNanos(start).ToDateTimeOffset() - System.GetUtcNow();

    public long Now => UtcNanos.From(GetUtcNow()).Value;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;
}

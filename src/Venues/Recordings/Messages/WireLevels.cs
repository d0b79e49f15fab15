using Parallax.Domain;
using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Values;

namespace Parallax.Venues.Recordings.Messages;

/// <summary>A level as it stood in the recording.</summary>
/// <param name="Quantity">Zero removes the level.</param>
/// <param name="Line">Where it stood, counted from 1.</param>
internal readonly record struct WireLevel(BookSide Side, WireNumber Price, WireNumber Quantity, long Line);

/// <summary>The levels of a message in the order sent. Reused; grows to the largest message seen.</summary>
internal sealed class WireLevels
{
    /// <summary>In one message; the deepest real books are below 100,000, and a record holds a million.</summary>
    public const int CountMax = 200_000;

    private WireLevel[] _levels = new WireLevel[8];

    public int Count { get; private set; }

    public ReadOnlySpan<WireLevel> Span => _levels.AsSpan(0, Count);

    public void Clear() => Count = 0;

    /// <exception cref="BadLineException">The message has more levels than any venue sends.</exception>
    public void Add(in WireLevel level)
    {
        Reserve(1);
        _levels[Count++] = level;
    }

    public void Add(ReadOnlySpan<WireLevel> levels)
    {
        Reserve(levels.Length);
        levels.CopyTo(_levels.AsSpan(Count));
        Count += levels.Length;
    }

    private void Reserve(int more)
    {
        if (Count + more > CountMax)
        {
            throw new BadLineException($"brings a message to more than {CountMax:N0} levels, which no venue sends");
        }

        if (Count + more > _levels.Length)
        {
            Array.Resize(ref _levels, Math.Max(_levels.Length * 2, Count + more));
        }
    }
}

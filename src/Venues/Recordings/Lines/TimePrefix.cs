using Parallax.Venues.Recordings.Values;

namespace Parallax.Venues.Recordings.Lines;

/// <summary>Takes the receive time off a line that holds one before its JSON.</summary>
internal static class TimePrefix
{
    /// <returns>What follows: from the first brace or bracket on.</returns>
    /// <param name="receivedTime">UTC nanoseconds; <see langword="null"/> when the line begins with its JSON.</param>
    /// <exception cref="BadLineException">What stands before the JSON is no time, or there is no JSON.</exception>
    public static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> line, out long? receivedTime)
    {
        var start = line.IndexOfAny((byte)'{', (byte)'[');
        if (start < 0)
        {
            throw new BadLineException($"holds no JSON: {Excerpt.Of(line)}");
        }

        receivedTime = null;
        var before = line[..start].Trim(" \t:,;|\""u8);
        if (before.Length > 0)
        {
            receivedTime = ReceivedTime.TryParse(before, out var nanos)
                ? nanos
                : throw new BadLineException($"begins with no receive time (unix seconds, ms, µs or ns, or ISO 8601): {Excerpt.Of(before)}");
        }

        return line[start..];
    }
}

using Parallax.Venues.Wire;

namespace Parallax.Venues.Kraken.Feed;

/// <summary>Reads single fields. What is legal JSON but not what was promised is a rejection of the field, not of the walk.</summary>
internal static class Fields
{
    /// <summary>Reads a text; another value is passed over.</summary>
    public static bool Text(ref JsonCursor cursor, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (cursor.Peek() == '"')
        {
            return cursor.ReadString(out text);
        }

        cursor.SkipValue();
        return false;
    }

    public static FrameRejection Number(ref JsonCursor cursor, out JsonNumber number)
    {
        number = default;
        if (cursor.Peek() is (byte)'-' or (>= (byte)'0' and <= (byte)'9'))
        {
            cursor.ReadNumber(out number);
            return FrameRejection.None;
        }

        cursor.SkipValue();
        return FrameRejection.WrongType;
    }

    /// <summary>A number as steps of a grid: ticks, lots, or whole numbers.</summary>
    public static FrameRejection Count(ref JsonCursor cursor, DecimalGrid grid, out long count)
    {
        var problem = Number(ref cursor, out var number);
        count = 0;
        return problem == FrameRejection.None ? Rejection(number.TryCount(grid, out count)) : problem;
    }

    public static FrameRejection Time(ref JsonCursor cursor, out long nanos)
    {
        nanos = 0;
        if (!Text(ref cursor, out var text))
        {
            return FrameRejection.WrongType;
        }

        return Rfc3339.TryParse(text, out nanos) ? FrameRejection.None : FrameRejection.BadTimestamp;
    }

    public static FrameRejection Symbol(ref JsonCursor cursor, SymbolTable symbols, out FeedSymbol symbol, out bool isKnown)
    {
        symbol = default;
        isKnown = false;
        if (!Text(ref cursor, out var text))
        {
            return FrameRejection.WrongType;
        }

        isKnown = symbols.TryFind(text, out symbol);
        return FrameRejection.None;
    }

    public static FrameRejection Rejection(GridError error) => error switch
    {
        GridError.None => FrameRejection.None,
        GridError.Negative => FrameRejection.NegativeNumber,
        GridError.OffGrid => FrameRejection.OffGrid,
        _ => FrameRejection.NumberTooLarge,
    };
}

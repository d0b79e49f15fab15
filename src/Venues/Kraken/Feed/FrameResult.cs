using System.Runtime.InteropServices;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Kraken.Feed;

/// <summary>What a frame is. Everything but <see cref="Book"/> and <see cref="Trade"/> is read with the typed messages.</summary>
public enum FrameKind : byte
{
    /// <summary>Not read at all: see <see cref="FrameResult.Rejection"/>. The book it was about has missed something.</summary>
    Rejected = 0,
    Book = 1,
    Trade = 2,
    Ticker = 3,
    Instrument = 4,
    Status = 5,
    Heartbeat = 6,
    Pong = 7,

    /// <summary>An answer to a request: subscriptions and orders.</summary>
    Reply = 8,

    /// <summary>An error that belongs to no request.</summary>
    Error = 9,
    Executions = 10,
    Balances = 11,

    /// <summary>Legal, but of a channel or method that we do not use.</summary>
    Other = 12,
}

/// <summary>Why a frame was rejected.</summary>
public enum FrameRejection : byte
{
    None = 0,

    /// <summary>More bytes than <see cref="FrameParser.FrameBytesMax"/>.</summary>
    TooLong = 1,

    /// <summary>Not legal JSON; <see cref="FrameResult.JsonError"/> says why.</summary>
    NotJson = 2,
    NotAnObject = 3,

    /// <summary>A field that the message cannot do without.</summary>
    MissingField = 4,

    /// <summary>A field of another JSON type than promised: a text for a number, a null.</summary>
    WrongType = 5,
    NegativeNumber = 6,

    /// <summary>A price, or the quantity of a trade, that is zero.</summary>
    Zero = 7,

    /// <summary>No whole number of ticks or lots.</summary>
    OffGrid = 8,
    NumberTooLarge = 9,
    BadTimestamp = 10,

    /// <summary>A book frame that is neither snapshot nor update, or a trade that is neither buy nor sell.</summary>
    UnknownType = 11,

    /// <summary>More levels than <see cref="FrameParser.LevelsMax"/>.</summary>
    TooManyLevels = 12,
}

/// <summary>What parsing a frame came to.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FrameResult
{
    public FrameKind Kind { get; private init; }

    public FrameRejection Rejection { get; private init; }

    public JsonError JsonError { get; private init; }

    /// <summary>Records that went to the sink.</summary>
    public int Records { get; private init; }

    /// <summary>Parts of the frame that were passed over because their symbol is not in the table.</summary>
    public int UnknownSymbols { get; private init; }

    /// <summary>The instrument that a rejected frame was about, where that much could be read.</summary>
    public ushort? Instrument { get; private init; }

    internal static FrameResult Of(FrameKind kind, int records = 0, int unknownSymbols = 0) =>
        new() { Kind = kind, Records = records, UnknownSymbols = unknownSymbols };

    internal static FrameResult Rejected(FrameRejection rejection, ushort? instrument = null) =>
        new() { Rejection = rejection, Instrument = instrument };

    internal static FrameResult Rejected(JsonError error) => new() { Rejection = FrameRejection.NotJson, JsonError = error };
}

namespace Parallax.Journal.Framing;

/// <summary>The ranges of <see cref="RecordHeader.Kind"/>. Each room numbers the records it owns inside its range.</summary>
public static class RecordKinds
{
    /// <summary>What venues publish: instruments, books, trades, feed state. Owned by <c>MarketData</c>.</summary>
    public const byte MarketFirst = 1, MarketLast = 63;

    /// <summary>What else the engine is told: order events, timers, commands, settings. Owned by <c>Trading</c>.</summary>
    public const byte InputFirst = 64, InputLast = 127;

    /// <summary>What the engine decides. Owned by <c>Trading</c>; only in journals.</summary>
    public const byte DecisionFirst = 128, DecisionLast = 247;

    /// <summary>The chain: segment openings and seals. Owned by <c>Journal</c>.</summary>
    public const byte ChainFirst = 248, ChainLast = 255;
}

namespace Parallax.Domain;

/// <summary>What an order does. A buy walks the asks, a sell walks the bids.</summary>
public enum Side : byte
{
    Buy = 0,
    Sell = 1,
}

/// <summary>A half of an order book.</summary>
public enum BookSide : byte
{
    Bid = 0,
    Ask = 1,
}

public static class Sides
{
    public static Side Opposite(this Side side) => side == Side.Buy ? Side.Sell : Side.Buy;

    /// <summary>The half of the book an order of this side takes from.</summary>
    public static BookSide TakesFrom(this Side side) => side == Side.Buy ? BookSide.Ask : BookSide.Bid;
}

public enum TimeInForce : byte
{
    GoodTilCanceled = 0,
    ImmediateOrCancel = 1,
    FillOrKill = 2,
}

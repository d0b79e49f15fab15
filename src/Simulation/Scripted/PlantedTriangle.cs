using System.Collections.Immutable;
using Parallax.Domain;

namespace Parallax.Simulation.Scripted;

/// <summary>A quiet market of three books in which one cycle pays for a while, with a known best profit.</summary>
/// <remarks>
/// The books are those of the worked example of lot-feasible sizing (USDT → BTC → ETH → USDT, 10 bps received in kind, lots 0.001 BTC and
/// 0.01 ETH, 100,000 USDT). Outside its life the ETH/BTC book is dearer and no cycle pays even without fees. Quantities far behind, on
/// sides that the cycle does not use, change every 50 ms, so that no book goes stale.
/// </remarks>
public static class PlantedTriangle
{
    /// <summary>The fee the figures below are worked out for, on every leg.</summary>
    public static FeeTerms Fee { get; } = new(0.001m, FeeMode.Receive);

    /// <summary>USDT in hand at the start.</summary>
    public const decimal Capital = 100_000m;

    /// <summary>What the best lot-feasible plan spends, receives and earns, USDT.</summary>
    public const decimal Spent = 90_130.06m, Received = 90_243.30636m, Profit = 113.24636m;

    /// <summary>What each leg of that plan trades: BTC, ETH, ETH.</summary>
    public static ImmutableArray<decimal> Quantities { get; } = [1.502m, 30m, 29.97m];

    /// <summary>Instrument numbers.</summary>
    public const ushort BtcUsdt = 0, EthBtc = 1, EthUsdt = 2;

    private const long BeatNanos = 50 * UtcNanos.PerMillisecond;

    public static ScriptedMarket Write(PlantedTriangleTerms terms)
    {
        var market = new ScriptedMarket(new VenueId("planted"), terms.StartTime, terms.FeedDelayNanos);
        market.List("BTC", "USDT", tick: 1m, lot: 0.001m, notionalMin: 5m);
        market.List("ETH", "BTC", tick: 0.00001m, lot: 0.01m, notionalMin: 0.0001m);
        market.List("ETH", "USDT", tick: 1m, lot: 0.01m, notionalMin: 5m);
        market.Book(BtcUsdt, [(59_990m, 1m), (59_900m, 9m)], [(60_000m, 0.5m), (60_010m, 1m), (60_030m, 2m)]);
        market.Book(EthBtc, [(0.05020m, 10m), (0.04900m, 90m)], Dear);
        market.Book(EthUsdt, [(3015m, 8m), (3014m, 20m), (3012m, 40m)], [(3016m, 8m), (3050m, 90m)]);

        var moments = new SortedList<long, Action>
        {
            [terms.OpensAfterNanos] = () => Reprice(market, 0.05020m, 0.04998m, Dear, Cheap),
            [terms.OpensAfterNanos + terms.LifeNanos] = () => Reprice(market, 0.04998m, 0.05020m, Cheap, Dear),
        };
        if (terms.BestBidGoneAfterNanos is { } gone)
        {
            moments.Add(terms.OpensAfterNanos + gone, () => market.Set(EthUsdt, BookSide.Bid, (3015m, 0m)));
        }

        var end = terms.OpensAfterNanos + terms.LifeNanos + UtcNanos.PerSecond;
        for (var beat = BeatNanos; beat <= end; beat += BeatNanos)
        {
            while (moments.Count > 0 && moments.GetKeyAtIndex(0) <= beat)
            {
                market.At(moments.GetKeyAtIndex(0));
                moments.GetValueAtIndex(0)();
                moments.RemoveAt(0);
            }

            market.At(beat);
            var change = beat / BeatNanos % 2;
            market.Set(BtcUsdt, BookSide.Bid, (59_900m, 9m + change));
            market.Set(EthBtc, BookSide.Bid, (0.04900m, 90m + change));
            market.Set(EthUsdt, BookSide.Ask, (3050m, 90m + change));
        }

        return market;
    }

    private static readonly (decimal, decimal)[] Cheap = [(0.05000m, 10m), (0.05002m, 30m), (0.05005m, 50m)];

    private static readonly (decimal, decimal)[] Dear = [(0.05060m, 10m), (0.05062m, 30m), (0.05065m, 50m)];

    private static void Reprice(ScriptedMarket market, decimal bid, decimal newBid, (decimal Price, decimal Quantity)[] asks, (decimal, decimal)[] newAsks)
    {
        // Up: asks leave before bids come; down: bids leave before asks come. Either way one moment, and never a crossed book.
        if (newBid > bid)
        {
            market.Set(EthBtc, BookSide.Ask, [.. asks.Select(l => (l.Price, 0m)), .. newAsks]);
            market.Set(EthBtc, BookSide.Bid, (bid, 0m), (newBid, 10m));
        }
        else
        {
            market.Set(EthBtc, BookSide.Bid, (bid, 0m), (newBid, 10m));
            market.Set(EthBtc, BookSide.Ask, [.. asks.Select(l => (l.Price, 0m)), .. newAsks]);
        }
    }
}

/// <summary>When things happen in a <see cref="PlantedTriangle"/>.</summary>
public sealed record PlantedTriangleTerms
{
    /// <summary>Default 2024-01-01T00:00:00Z.</summary>
    public long StartTime { get; init; } = 1_704_067_200 * UtcNanos.PerSecond;

    /// <summary>From happening to being received. Default none.</summary>
    public long FeedDelayNanos { get; init; }

    /// <summary>From the start to the mispricing. Default one second.</summary>
    public long OpensAfterNanos { get; init; } = UtcNanos.PerSecond;

    /// <summary>How long the mispricing lives. Default half a second.</summary>
    public long LifeNanos { get; init; } = UtcNanos.PerSecond / 2;

    /// <summary>From the opening until the best ETH/USDT bid, 8 at 3015, is gone for good; <see langword="null"/> (the default) for never.</summary>
    public long? BestBidGoneAfterNanos { get; init; }
}

using System.Text;
using Parallax.Domain;
using Parallax.Venues.Binance.Feed;
using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Messages;
using Parallax.Venues.Recordings.Symbols;

namespace Parallax.Venues.Recordings.Binance;

/// <summary>Turns Binance payloads into messages; used by every recording that holds them.</summary>
/// <param name="market">Which market all payloads are of; <see langword="null"/> to tell by their shape.</param>
internal sealed class BinanceMessages(ImportContext context, BinanceMarket? market)
{
    private readonly Dictionary<Listing, DepthFeed> _depths = [];
    private readonly DepthFeed.HeldBudget _budget = new();

    /// <summary>The one symbol of a market whose depth was recorded; <see langword="null"/> when there are several or none.</summary>
    public Listing? SoleDepth(BinanceMarket of)
    {
        Listing? sole = null;
        foreach (var listing in _depths.Keys)
        {
            if (listing.Venue == of.Venue)
            {
                if (sole is not null)
                {
                    return null;
                }

                sole = listing;
            }
        }

        return sole;
    }

    /// <exception cref="BadLineException">The event lacks a field it should have.</exception>
    public void Take(BinanceEvent payload, long receivedTime, long line, MessageQueue output)
    {
        var type = payload.Type;
        if (payload.SnapshotUpdate is not null)
        {
            TakePartialBook(payload, receivedTime, line, output);
        }
        else if (type.SequenceEqual("depthUpdate"u8))
        {
            TakeDepth(payload, receivedTime, line, output);
        }
        else if (type.SequenceEqual("bookTicker"u8) || (type.IsEmpty && payload.BidPrice is not null))
        {
            TakeBestQuote(payload, receivedTime, line, output);
        }
        else if (type.SequenceEqual("trade"u8) || type.SequenceEqual("aggTrade"u8))
        {
            TakeTrade(payload, receivedTime, line, output);
        }
        else
        {
            context.Log.Ignore(type.IsEmpty ? "message of no known type" : Encoding.UTF8.GetString(type));
        }
    }

    /// <summary>Takes a REST depth snapshot.</summary>
    public void TakeSnapshot(BinanceEvent payload, Listing listing, long receivedTime, long line, MessageQueue output)
    {
        RequireBook(payload);
        if (context.Log.IsFirstPass)
        {
            output.Add(MessageKind.BookSnapshot, listing, receivedTime, receivedTime, line).Add(payload.Levels);
            return;
        }

        DepthOf(listing).TakeSnapshot(payload.SnapshotUpdate!.Value, payload.Levels, VenueTime(payload, receivedTime), receivedTime, line, output);
    }

    public Listing ListingOf(ReadOnlySpan<byte> symbol, BinanceMarket of)
    {
        if (symbol.IsEmpty)
        {
            throw new BadLineException("names no symbol");
        }

        Span<byte> venue = stackalloc byte[32];
        var listing = context.Listings.Get(venue[..Encoding.UTF8.GetBytes(of.Venue, venue)], symbol);
        listing.Kind ??= of.Kind;
        listing.HasFrames = true;
        if (of == BinanceMarket.CoinM)
        {
            // USD per contract: 100 for BTC, 10 for every other coin (Binance COIN-M contract specifications).
            listing.ContractMultiplier ??= symbol.StartsWith("BTCUSD_"u8) ? 100m : 10m;
        }

        return listing;
    }

    /// <summary>The recording has ended: says what could not be used.</summary>
    public void End()
    {
        if (context.Log.IsFirstPass)
        {
            return;
        }

        foreach (var depth in _depths.Values.OrderBy(depth => depth.Listing.Symbol, StringComparer.Ordinal))
        {
            depth.End();
            if (depth.Snapshots == 0)
            {
                context.Log.Note($"{depth.Listing.Symbol} of {depth.Listing.Venue}: no depth snapshot that its {depth.Unused:N0} depth updates continue, so its book is not on the tape.");
            }
            else if (depth.Gaps > 0)
            {
                context.Log.Note($"{depth.Listing.Symbol} of {depth.Listing.Venue}: {depth.Gaps:N0} gaps in its depth updates; after each the book is lost until the next snapshot.");
            }
        }
    }

    private void TakeDepth(BinanceEvent payload, long receivedTime, long line, MessageQueue output)
    {
        if (payload.FirstUpdate is not { } first || payload.LastUpdate is not { } last)
        {
            throw new BadLineException("is a depth update without U or u");
        }

        RequireBook(payload);
        var listing = ListingOf(payload.Symbol, market ?? payload.Market ?? (payload.PreviousUpdate is null ? BinanceMarket.Spot : BinanceMarket.UsdM));
        var depth = DepthOf(listing);
        if (context.Log.IsFirstPass)
        {
            // The first pass only learns decimals, and does not know yet which symbol a snapshot belongs to.
            output.Add(MessageKind.BookDelta, listing, receivedTime, receivedTime, line).Add(payload.Levels);
            return;
        }

        var numbers = new DepthNumbers(first, last, payload.PreviousUpdate);
        depth.TakeEvent(numbers, payload.Levels, VenueTime(payload, receivedTime), receivedTime, line, output);
    }

    // A stream such as btcusdt@depth20 sends the whole top of the book each time, without naming the symbol inside.
    private void TakePartialBook(BinanceEvent payload, long receivedTime, long line, MessageQueue output)
    {
        RequireBook(payload);
        var at = payload.Stream.IndexOf((byte)'@');
        if (at <= 0)
        {
            throw new BadLineException("is a depth snapshot where a stream's message was expected");
        }

        Span<byte> symbol = stackalloc byte[256];
        var length = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(payload.Stream[..at]).ToUpperInvariant(), symbol);
        var listing = ListingOf(symbol[..length], market ?? payload.Market ?? BinanceMarket.Spot);
        output.Add(MessageKind.BookSnapshot, listing, VenueTime(payload, receivedTime), receivedTime, line).Add(payload.Levels);
    }

    private void TakeBestQuote(BinanceEvent payload, long receivedTime, long line, MessageQueue output)
    {
        if (payload.BidPrice is not { } bidPrice || payload.BidQuantity is not { } bidQuantity
            || payload.AskPrice is not { } askPrice || payload.AskQuantity is not { } askQuantity)
        {
            throw new BadLineException("is a book ticker without b, B, a or A");
        }

        var isFutures = payload.EventTime is not null || !payload.Type.IsEmpty;
        var listing = ListingOf(payload.Symbol, market ?? payload.Market ?? (isFutures ? BinanceMarket.UsdM : BinanceMarket.Spot));
        var quote = output.Add(MessageKind.BestQuote, listing, VenueTime(payload, receivedTime), receivedTime, line);
        quote.Add(new WireLevel(BookSide.Bid, bidPrice, bidQuantity, line));
        quote.Add(new WireLevel(BookSide.Ask, askPrice, askQuantity, line));
    }

    private void TakeTrade(BinanceEvent payload, long receivedTime, long line, MessageQueue output)
    {
        var isAggregate = payload.Type.SequenceEqual("aggTrade"u8);
        if (payload.TradePrice is not { } price || payload.TradeQuantity is not { } quantity || payload.BuyerIsMaker is not { } buyerIsMaker
            || (isAggregate ? payload.AggregateNumber : payload.TradeNumber) is not { } number)
        {
            throw new BadLineException("is a trade without p, q, m or its number");
        }

        var listing = ListingOf(payload.Symbol, market ?? payload.Market ?? (payload.HasSpotMark ? BinanceMarket.Spot : BinanceMarket.UsdM));
        listing.HasSingleTrades |= !isAggregate;
        if (price.Digits == 0 || quantity.Digits == 0)
        {
            context.Log.Ignore("trade without a price or quantity");
            return;
        }

        if (isAggregate && listing.HasSingleTrades)
        {
            context.Log.Ignore("aggTrade beside trade");
            return;
        }

        var trade = output.Add(MessageKind.Trade, listing, VenueTime(payload, receivedTime), receivedTime, line);
        trade.TradeId = (ulong)number;
        trade.Aggressor = buyerIsMaker ? Side.Sell : Side.Buy;
        trade.Add(new WireLevel(default, price, quantity, line));
    }

    private DepthFeed DepthOf(Listing listing)
    {
        if (!_depths.TryGetValue(listing, out var depth))
        {
            depth = new DepthFeed(listing, _budget);
            _depths.Add(listing, depth);
        }

        return depth;
    }

    private static void RequireBook(BinanceEvent payload)
    {
        if (!payload.HasBids || !payload.HasAsks)
        {
            throw new BadLineException("is a book without bids or asks");
        }
    }

    private static long VenueTime(BinanceEvent payload, long receivedTime) => payload.TransactionTime ?? payload.EventTime ?? receivedTime;
}

using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Messages;
using Parallax.Venues.Recordings.Symbols;

namespace Parallax.Venues.Recordings.Kraken;

/// <summary>What is kept of the Kraken listings of one recording over both passes: their own instrument list, and how deep their books are.</summary>
internal sealed class KrakenBooks(ImportContext context)
{
    private static readonly int[] Depths = [10, 25, 100, 500, 1000];

    private readonly Dictionary<Listing, int> _deepestSnapshots = [];

    /// <summary>What the recording itself lists.</summary>
    public InstrumentList Instruments { get; } = new();

    public Listing ListingOf(ReadOnlySpan<byte> symbol)
    {
        var listing = context.Listings.Get("kraken"u8, symbol);
        listing.HasFrames = true;
        listing.KeepsTrailingZeros = true;
        return listing;
    }

    /// <summary>A book that is subscribed keeps a fixed number of levels, cut after every message: without it every checksum fails.</summary>
    public static void Subscribed(Listing listing, long depth)
    {
        if (Array.IndexOf(Depths, (int)Math.Min(depth, int.MaxValue)) >= 0)
        {
            listing.BookDepth = (int)depth;
        }
    }

    public void SawSnapshot(Listing listing, ReadOnlySpan<WireLevel> levels)
    {
        var bids = 0;
        foreach (ref readonly var level in levels)
        {
            bids += level.Side == Domain.BookSide.Bid ? 1 : 0;
        }

        _deepestSnapshots[listing] = Math.Max(_deepestSnapshots.GetValueOrDefault(listing), Math.Max(bids, levels.Length - bids));
    }

    /// <summary>The recording has ended: settles what its messages did not say outright.</summary>
    public void End()
    {
        // A recorder subscribes all its books alike, so a thin book is as deep as the deepest of them.
        var deepest = _deepestSnapshots.Values.DefaultIfEmpty().Max();
        var assumed = context.Options.BookDepth ?? Depths.FirstOrDefault(depth => depth >= deepest);
        foreach (var listing in _deepestSnapshots.Keys)
        {
            if (listing.BookDepth == 0 || context.Options.BookDepth is not null)
            {
                listing.BookDepth = assumed;
            }
        }

        foreach (var listing in context.Listings.All)
        {
            if (listing.Venue == "kraken")
            {
                listing.OwnTerms ??= Instruments.Find(listing.Symbol);
            }
        }
    }
}

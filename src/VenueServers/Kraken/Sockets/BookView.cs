using Parallax.Domain;
using Parallax.VenueServers.Kraken.Exchange;
using Parallax.VenueServers.Kraken.Wire;

namespace Parallax.VenueServers.Kraken.Sockets;

/// <summary>A market's book cut to one depth, as its subscribers hold it: says what changed since it was last published.</summary>
/// <remarks>
/// A level that others pushed beyond the depth is not announced, and comes back as an ordinary update; a level that is gone is announced
/// with quantity 0. Applying the changes and then cutting to depth gives the view. The checksum covers the ten best, which every depth has.
/// </remarks>
internal sealed class BookView(Market market, int depth)
{
    private Level[] _bids = [];
    private Level[] _asks = [];
    private int _bidCount, _askCount;

    public int Depth => depth;

    public List<Session> Subscribers { get; } = [];

    /// <summary>Writes the view as a snapshot. The first subscriber's makes it the state that updates start from.</summary>
    /// <returns>Where the last digit of the checksum stands.</returns>
    public int WriteSnapshot(MessageWriter message, long now)
    {
        Begin(message, "snapshot"u8);
        WriteSide(message, "\"bids\":["u8, Levels(BookSide.Bid));
        message.Byte((byte)',');
        WriteSide(message, "\"asks\":["u8, Levels(BookSide.Ask));
        return End(message, now);
    }

    /// <summary>Writes what changed.</summary>
    /// <param name="checksumAt">Where the last digit of the checksum stands.</param>
    /// <returns><see langword="false"/> when nothing within the depth did.</returns>
    public bool TryWriteUpdate(MessageWriter message, long now, out int checksumAt)
    {
        Begin(message, "update"u8);
        message.Raw("\"bids\":["u8);
        var changes = WriteChanges(message, BookSide.Bid, _bids.AsSpan(0, _bidCount));
        message.DropLast((byte)',').Raw("],\"asks\":["u8);
        changes += WriteChanges(message, BookSide.Ask, _asks.AsSpan(0, _askCount));
        message.DropLast((byte)',').Byte((byte)']');
        checksumAt = changes > 0 ? End(message, now) : -1;
        Remember();
        return changes > 0;
    }

    /// <summary>Takes the book as it stands for published.</summary>
    public void Remember()
    {
        Keep(Levels(BookSide.Bid), ref _bids, out _bidCount);
        Keep(Levels(BookSide.Ask), ref _asks, out _askCount);
    }

    private static void Keep(ReadOnlySpan<Level> levels, ref Level[] kept, out int count)
    {
        if (kept.Length < levels.Length)
        {
            kept = new Level[levels.Length * 2];
        }

        levels.CopyTo(kept);
        count = levels.Length;
    }

    private ReadOnlySpan<Level> Levels(BookSide side)
    {
        var levels = market.Book.Levels(side);
        return levels[..Math.Min(levels.Length, depth)];
    }

    private void Begin(MessageWriter message, ReadOnlySpan<byte> type) => message.Restart()
        .Raw("{\"channel\":\"book\",\"type\":\""u8).Raw(type)
        .Raw("\",\"data\":[{\"symbol\":\""u8).Raw(market.Names.SymbolUtf8).Raw("\","u8);

    private int End(MessageWriter message, long now)
    {
        message.Raw(",\"checksum\":"u8).Number((ulong)market.Book.Checksum());
        var checksumAt = message.Length - 1;
        message.Raw(",\"timestamp\":"u8).Time(now).Raw("}]}"u8);
        return checksumAt;
    }

    private void WriteSide(MessageWriter message, ReadOnlySpan<byte> name, ReadOnlySpan<Level> levels)
    {
        message.Raw(name);
        foreach (ref readonly var level in levels)
        {
            Write(message, level.PriceTicks, level.QuantityLots);
        }

        message.DropLast((byte)',').Byte((byte)']');
    }

    /// <summary>Walks both lists, best first, side by side.</summary>
    private int WriteChanges(MessageWriter message, BookSide side, ReadOnlySpan<Level> before)
    {
        var after = Levels(side);
        var (i, j, changes) = (0, 0, 0);
        while (i < before.Length || j < after.Length)
        {
            if (j == after.Length || (i < before.Length && RestingOrders.IsBetter(side, before[i].PriceTicks, after[j].PriceTicks)))
            {
                if (!market.Book.TryGetQuantity(side, before[i].PriceTicks, out _))
                {
                    Write(message, before[i].PriceTicks, 0);
                    changes++;
                }

                i++;
            }
            else if (i == before.Length || before[i].PriceTicks != after[j].PriceTicks)
            {
                Write(message, after[j].PriceTicks, after[j].QuantityLots);
                changes++;
                j++;
            }
            else
            {
                if (before[i].QuantityLots != after[j].QuantityLots)
                {
                    Write(message, after[j].PriceTicks, after[j].QuantityLots);
                    changes++;
                }

                i++;
                j++;
            }
        }

        return changes;
    }

    private void Write(MessageWriter message, long priceTicks, long lots) => message
        .Raw("{\"price\":"u8).Number(priceTicks, market.PricePrint)
        .Raw(",\"qty\":"u8).Number(lots, market.QuantityPrint)
        .Raw("},"u8);
}

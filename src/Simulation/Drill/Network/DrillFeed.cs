using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Engine;

namespace Parallax.Simulation.Drill.Network;

/// <summary>The public feed: books on their way to us, in order, and the repair of those that failed.</summary>
public sealed class DrillFeed(DrillWorld world) : IFeedRepair
{
    private readonly HashSet<ushort> _asked = [];
    private DrillProcess? _process;
    private int _breaks;
    private int _connection;
    private long _lastArrival;

    /// <summary>Whoever reads the feed; <see langword="null"/> while no process runs.</summary>
    public DrillProcess? Process
    {
        get => _process;
        set
        {
            _process = value;
            _connection++;
            _asked.Clear();
            if (value is not null && _breaks == 0)
            {
                SendSnapshots();
            }
        }
    }

    public void Break()
    {
        _connection++;
        if (_breaks++ == 0)
        {
            world.Story.Say("network", "the public feed breaks");
            Process?.Take(FeedStateRecord.Header(FeedState.Disconnected, FeedStateRecord.WholeFeed, world.Agenda.Now, 0), []);
        }
    }

    public void Mend()
    {
        if (--_breaks == 0)
        {
            world.Story.Say("network", "the public feed stands again");
            _asked.Clear();
            SendSnapshots();
        }
    }

    /// <summary>A book changed at the venue.</summary>
    public void OnQuote(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        if (Process is null || _breaks > 0)
        {
            return;
        }

        var fate = world.Fates.OfQuote(header);
        if (fate.IsLost)
        {
            return;
        }

        var sent = header;
        sent.Tag ^= fate.HasWrongChecksum ? 1u : 0u;
        var bytes = payload.ToArray();
        Deliver(sent, bytes);
        if (fate.ComesTwice)
        {
            Deliver(sent, bytes);
        }
    }

    /// <summary>Subscribes one instrument afresh; once, however often it is asked before the answer came.</summary>
    public void Resynchronise(ushort instrument, BookInvalidReason reason)
    {
        if (_asked.Add(instrument))
        {
            world.Story.Say("feed", $"asks for {DrillListings.All[instrument].Symbol} afresh: {reason}");
            var connection = _connection;
            world.Agenda.After(world.Latency(), () =>
            {
                if (connection == _connection)
                {
                    _asked.Remove(instrument);
                    SendSnapshot(instrument);
                }
            });
        }
    }

    private void SendSnapshots()
    {
        for (ushort number = 0; number < DrillListings.All.Length; number++)
        {
            SendSnapshot(number);
        }
    }

    private void SendSnapshot(ushort number)
    {
        var book = world.Venue.Book(number);
        var levels = new List<BookLevel>(16);
        foreach (var level in book.Bids)
        {
            levels.Add(new BookLevel(BookSide.Bid, level.PriceTicks, level.QuantityLots));
        }

        foreach (var level in book.Asks)
        {
            levels.Add(new BookLevel(BookSide.Ask, level.PriceTicks, level.QuantityLots));
        }

        var header = BookRecord.Header(MarketRecordKind.BookSnapshot, number, world.Agenda.Now + world.Venue.ClockOffsetNanos, 0, book.Checksum());
        Deliver(header, BookRecord.Payload(levels.ToArray()).ToArray());
    }

    private void Deliver(RecordHeader header, byte[] payload)
    {
        var (process, connection) = (Process, _connection);
        _lastArrival = Math.Max(_lastArrival, world.Agenda.Now + world.Latency());
        world.Agenda.At(_lastArrival, () =>
        {
            if (connection == _connection)
            {
                process?.Take(header, payload);
            }
        });
    }
}

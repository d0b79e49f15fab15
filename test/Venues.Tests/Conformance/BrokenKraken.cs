using System.Text.RegularExpressions;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;
using Parallax.Venues.Kraken.Live;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.Venues.Tests.Conformance;

/// <summary>Kraken adapters with one fault each, of a kind that real adapters have had. Each is named after the one scenario that it fails.</summary>
internal static partial class BrokenKraken
{
    private delegate void Change(IRecordSink next, RecordHeader header, ReadOnlySpan<byte> payload);

    public static IReadOnlyList<KrakenUnderTest> All { get; } =
    [
        // Takes a level of no quantity for nothing to do.
        new("feed: snapshot and delta") { FeedRecords = Changed(DropRemovals) },
        // Checks snapshots only, so a lost update goes unnoticed.
        new("feed: gap") { FeedRecords = Changed((next, header, payload) => next.Append(Unchecked(header, MarketRecordKind.BookDelta), payload)) },
        // Believes snapshots unchecked.
        new("feed: checksum") { FeedRecords = Changed((next, header, payload) => next.Append(Unchecked(header, MarketRecordKind.BookSnapshot), payload)) },
        // Takes the same bytes again for a damaged stream.
        new("feed: duplicate") { FeedFrames = SpoilRepeated },
        // Begins a book with whatever comes first.
        new("feed: out of order") { FeedFrames = TakeFirstForSnapshot },
        // Passes over what it cannot read.
        new("feed: truncated") { FeedFrames = () => frame => frame.EndsWith('}') ? frame : null },
        // Fails on what it does not know.
        new("feed: unknown type") { FeedFrames = () => frame => frame.Contains("weather", StringComparison.Ordinal) ? "{" : frame },
        // Keeps to itself that the connection is gone.
        new("feed: reconnect")
        {
            FeedRecords = Changed((next, header, payload) =>
            {
                if (header.Kind != MarketRecordKind.FeedState || FeedStateRecord.State(header) != FeedState.Disconnected)
                {
                    next.Append(header, payload);
                }
            }),
        },
        // Waits for fills and says nothing of the acceptance.
        new("orders: accept") { OrderRecords = Events((next, told, header) => Pass(next, told.Type == OrderEventType.Accepted ? null : told, header)) },
        // Takes a clear no for an unclear one.
        new("orders: reject") { OrderRecords = Events((next, told, header) => Pass(next, told.Type == OrderEventType.Rejected ? told with { Type = OrderEventType.OutcomeUnknown } : told, header)) },
        // Says nothing of the rest once something was filled.
        new("orders: partial") { OrderRecords = SilentAfterFill },
        // Throws the message of an order away that it has given up waiting for.
        new("orders: late") { OrderFrames = DeafWithoutAcceptance },
        // Knows a trade again by when it came, not by its id.
        new("orders: duplicate") { OrderFrames = RenameTrades },
        // Does not compare what a cancel says with what it has seen.
        new("orders: cancel race") { OrderFrames = () => frame => QuantityOfEnd().Replace(frame, "") },
        // Takes silence for a no.
        new("orders: unknown") { OrderRecords = Events((next, told, header) => Pass(next, told.Type == OrderEventType.OutcomeUnknown ? told with { Type = OrderEventType.Rejected } : told, header)) },
        // Thinks that an immediate order needs no way back.
        new("account: cancel") { Account = new AccountFault { Gateway = gateway => new DeafGateway(gateway) { CancelsOne = false } } },
        // The same, for all orders at once.
        new("account: cancel all") { Account = new AccountFault { Gateway = gateway => new DeafGateway(gateway) { CancelsAll = false } } },
        // Tells what we did, and nothing of what others did.
        new("account: survey")
        {
            Account = new AccountFault
            {
                Records = Changed((next, header, payload) =>
                {
                    if (header.Kind != Statement.RecordKind || Read(header, payload) is not (Statement.Transfer or Statement.ForeignTrade))
                    {
                        next.Append(header, payload);
                    }
                }),
            },
        },
        // Trusts the connection to end with the process.
        new("account: dead man") { Account = new AccountFault { DeadMan = TimeSpan.Zero } },
        // Lets the venue do the counting.
        new("account: rate budget") { Account = new AccountFault { Tier = KrakenTier.Pro } },
        // Takes a server's failure for a no.
        new("account: error mapping")
        {
            Account = new AccountFault
            {
                Records = Events((next, told, header) => Pass(next, told.Type == OrderEventType.OutcomeUnknown ? told with { Type = OrderEventType.Rejected } : told, header), others: true),
            },
        },
        // Tries again until it works.
        new("account: nonce")
        {
            Account = new AccountFault
            {
                Records = Changed((next, header, payload) =>
                {
                    if (header.Kind != VenueStatus.RecordKind)
                    {
                        next.Append(header, payload);
                    }
                }),
            },
        },
    ];

    private static Statement Read(RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[RecordFramer.RecordSize(payload.Length)];
        RecordFramer.Write(frame, header, payload, 1);
        return Statement.Read(new Record(frame));
    }

    private static void DropRemovals(IRecordSink next, RecordHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.Kind == MarketRecordKind.BookDelta)
        {
            BookLevel[] kept = [.. BookRecord.Levels(payload).ToArray().Where(level => level.QuantityLots > 0)];
            next.Append(header, BookRecord.Payload(kept));
            return;
        }

        next.Append(header, payload);
    }

    private static RecordHeader Unchecked(RecordHeader header, byte kind)
    {
        if (header.Kind == kind)
        {
            header.Flags = 0;
        }

        return header;
    }

    private static Func<string, string?> SpoilRepeated()
    {
        var last = "";
        return frame =>
        {
            var isRepeated = frame == last;
            last = frame;
            return isRepeated ? "?" : frame;
        };
    }

    private static Func<string, string?> TakeFirstForSnapshot()
    {
        var isFirst = true;
        return frame =>
        {
            var taken = isFirst ? frame.Replace("\"update\"", "\"snapshot\"", StringComparison.Ordinal) : frame;
            isFirst = false;
            return taken;
        };
    }

    private static Func<string, string?> DeafWithoutAcceptance()
    {
        var isAccepted = false;
        return frame =>
        {
            isAccepted |= frame.Contains("add_order", StringComparison.Ordinal);
            return !isAccepted && frame.Contains("\"trade\"", StringComparison.Ordinal) ? null : frame;
        };
    }

    private static Func<string, string?> RenameTrades()
    {
        var count = 0;
        return frame => frame.Replace("\"exec_id\":\"T", $"\"exec_id\":\"{++count}T", StringComparison.Ordinal);
    }

    private static IRecordSink SilentAfterFill(IRecordSink sink)
    {
        var hasFill = false;
        return Events((next, told, header) =>
        {
            hasFill |= told.Type == OrderEventType.Filled;
            Pass(next, hasFill && told.Type == OrderEventType.Canceled ? null : told, header);
        })(sink);
    }

    private static void Pass(IRecordSink next, OrderEvent? told, RecordHeader header)
    {
        if (told is { } passed)
        {
            next.Append(passed.Header(header.VenueTime, header.ReceivedTime), passed.Write(new PayloadWriter()));
        }
    }

    /// <param name="others">Whether records of other kinds come, too: they are passed on.</param>
    private static Func<IRecordSink, IRecordSink> Events(Action<IRecordSink, OrderEvent, RecordHeader> change, bool others = false) => Changed((next, header, payload) =>
    {
        if (others && header.Kind != OrderEvent.RecordKind)
        {
            next.Append(header, payload);
            return;
        }

        var frame = new byte[RecordFramer.RecordSize(payload.Length)];
        RecordFramer.Write(frame, header, payload, 1);
        change(next, OrderEvent.Read(new Record(frame)), header);
    });

    private static Func<IRecordSink, IRecordSink> Changed(Change change) => next => new ChangedSink(next, change);

    [GeneratedRegex(",\"cum_qty\":[0-9.]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QuantityOfEnd();

    /// <summary>A gateway that passes over some of what it is asked.</summary>
    private sealed class DeafGateway(IOrderGateway next) : IOrderGateway
    {
        public bool CancelsOne { get; init; } = true;

        public bool CancelsAll { get; init; } = true;

        public void Submit(in OrderRequest request) => next.Submit(request);

        public void Query(ClientOrderId id, long sentTime) => next.Query(id, sentTime);

        public void Cancel(ClientOrderId id, long sentTime)
        {
            if (CancelsOne)
            {
                next.Cancel(id, sentTime);
            }
        }

        public void CancelAll(long sentTime)
        {
            if (CancelsAll)
            {
                next.CancelAll(sentTime);
            }
        }

        public void Survey(long sinceTime, long sentTime) => next.Survey(sinceTime, sentTime);
    }

    private sealed class ChangedSink(IRecordSink next, Change change) : IRecordSink
    {
        public void Append(in RecordHeader header, ReadOnlySpan<byte> payload) => change(next, header, payload);
    }
}

using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Venues.Feeds;
using Parallax.Venues.Kraken.Feed;
using Parallax.Venues.Kraken.Feed.Messages;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Kraken.Live;

/// <summary>The conversation with the public feed: frames and times in, records and requests out. No socket, no clock, no thread of its own.</summary>
/// <remarks>
/// One at a time over any number of connections: <see cref="Begin"/>, then frames and looks at the time, then <see cref="End"/>. When
/// <see cref="EndReason"/> is there the connection is to be closed. Books are not kept here (docs/decisions/0001): what the engine finds
/// wrong comes in through <see cref="RepairRequests"/>. Times are UTC nanoseconds that never run backwards. Book and trade frames
/// allocate nothing.
/// </remarks>
internal sealed class FeedSession : IRecordSink, IDisposable
{
    private readonly IReadOnlyList<Instrument> _instruments;
    private readonly KrakenFeedOptions _options;
    private readonly IRecordSink _sink;
    private readonly RepairRequests _repairs;
    private readonly FrameParser _parser;
    private readonly FeedRequests _requests = new();
    private readonly BookSubscriptions _books;
    private readonly MarketStates _markets;
    private readonly Pulse _pulse;
    private readonly SortedDictionary<string, string> _givenUp = new(StringComparer.Ordinal);
    private long _now;
    private long _nextRequest;
    private bool _isSubscribed;
    private bool _hasAskedInstruments;
    private bool _hasAskedTrades;
    private long _connections;
    private long _messages;
    private long _messagesBefore;
    private long _ignored;
    private long _rejected;
    private long _mismatches;
    private string? _lastEnd;

    /// <param name="instruments">By number: what the records name as subject.</param>
    /// <param name="sink">Takes the records; never called outside the methods of this object.</param>
    public FeedSession(IReadOnlyList<Instrument> instruments, KrakenFeedOptions options, IRecordSink sink, RepairRequests repairs)
    {
        _instruments = instruments;
        _options = options.Validated();
        _sink = sink;
        _repairs = repairs;
        _parser = new FrameParser(SymbolTable.Of(instruments));
        _books = new BookSubscriptions(instruments, options);
        _markets = new MarketStates(instruments);
        _pulse = new Pulse(options.SilenceNanos, options.PingIntervalNanos);
    }

    /// <summary>Why this connection is to be closed, one sentence; <see langword="null"/> while it is of use.</summary>
    public string? EndReason { get; private set; }

    /// <summary>The venue's word for its state; <see cref="FeedWords"/> before it said one.</summary>
    public string State { get; private set; } = FeedWords.Connecting;

    /// <summary>Frames received over all connections.</summary>
    public long Messages => _messages;

    /// <summary>A connection stands.</summary>
    public void Begin(long now)
    {
        _now = now;
        EndReason = null;
        State = FeedWords.Connected;
        _connections++;
        _messagesBefore = _messages;
        _nextRequest = now;
        _isSubscribed = _hasAskedInstruments = _hasAskedTrades = false;
        _repairs.Clear();
        _pulse.Begin(now);
        _books.Begin(now);
        _sink.Append(FeedStateRecord.Header(FeedState.Connected, FeedStateRecord.WholeFeed, now, now), []);
    }

    /// <summary>The connection is gone, or is about to be closed.</summary>
    public void End(string reason, long now)
    {
        _lastEnd = reason;
        State = FeedWords.Offline;
        _sink.Append(FeedStateRecord.Header(FeedState.Disconnected, FeedStateRecord.WholeFeed, now, now), []);
    }

    /// <summary>Takes one whole text frame.</summary>
    public void OnFrame(ReadOnlySpan<byte> frame, long now)
    {
        _now = now;
        _messages++;
        _pulse.Heard(now);
        var result = _parser.Parse(frame, now, this);
        switch (result.Kind)
        {
            case FrameKind.Book or FrameKind.Trade:
                _ignored += result.UnknownSymbols;
                break;
            case FrameKind.Heartbeat:
                break;
            case FrameKind.Rejected:
                OnRejected(result);
                break;
            case FrameKind.Status or FrameKind.Instrument or FrameKind.Pong or FrameKind.Reply or FrameKind.Error:
                OnMessage(FeedMessage.Read(frame.ToArray()));
                break;
            default:
                _ignored++;
                break;
        }

        if (_repairs.IsAny)
        {
            TakeRepairs();
        }
    }

    /// <summary>Looks at the time and at what the engine asked for. To be called at least four times a second.</summary>
    public void Look(long now)
    {
        _now = now;
        if (_repairs.IsAny)
        {
            TakeRepairs();
        }

        foreach (var number in _books.Look(now))
        {
            _sink.Append(FeedStateRecord.BookLost(number, BookInvalidReason.FeedLost, now, now), []);
        }

        if (_books.EndReason is { } reason)
        {
            Finish(reason);
        }

        if (_pulse.IsSilent(now, _isSubscribed))
        {
            Finish("The venue fell silent.");
        }
    }

    /// <summary>The next request to send, within the venue's pace.</summary>
    /// <returns>Empty when there is none now; else valid until the next call.</returns>
    public ReadOnlySpan<byte> NextRequest(long now)
    {
        if (now < _nextRequest)
        {
            return [];
        }

        var request = ChooseRequest(now);
        if (!request.IsEmpty)
        {
            _nextRequest = now + _options.RequestIntervalNanos;
        }

        return request;
    }

    public FeedHealth Health() => new()
    {
        State = State,
        LastFrameTime = _pulse.LastFrameTime,
        ClockOffset = _pulse.ClockOffset,
        RoundTrip = _pulse.RoundTrip,
        Messages = _messages,
        ConnectionMessages = _messages - _messagesBefore,
        Ignored = _ignored,
        Rejected = _rejected,
        Reconnects = Math.Max(0, _connections - 1),
        ChecksumFailures = _mismatches,
        Resynchronisations = _books.Resynchronisations,
        LiveBooks = State is FeedWords.Offline ? 0 : _books.Live,
        LastEnd = _lastEnd,
        GivenUp = [.. _givenUp.Select(one => $"{one.Key}: {one.Value}")],
    };

    /// <summary>Between parser and sink: what does not continue a standing book stops here.</summary>
    void IRecordSink.Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.Kind == MarketRecordKind.BookDelta)
        {
            if (!_books.OnUpdate(header.Subject, _now))
            {
                return;
            }
        }
        else if (header.Kind == MarketRecordKind.BookSnapshot)
        {
            if (_books.IsGivenUp(header.Subject))
            {
                return;
            }

            _books.OnSnapshot(header.Subject, _now);
        }

        _sink.Append(header, payload);
    }

    public void Dispose() => _requests.Dispose();

    private ReadOnlySpan<byte> ChooseRequest(long now)
    {
        if (_pulse.IsPingDue(now))
        {
            var ping = _requests.Ping();
            _pulse.Pinged(_requests.LastId, now);
            return ping;
        }

        if (!_hasAskedInstruments)
        {
            _hasAskedInstruments = _isSubscribed = true;
            return _requests.SubscribeInstruments();
        }

        // A venue that is closed answers no subscription of books; its status says when it opens.
        if (_markets.System != MarketStatus.Online)
        {
            return [];
        }

        var request = _books.NextRequest(_requests, now);
        if (request.IsEmpty && _options.WithTrades && !_hasAskedTrades)
        {
            _hasAskedTrades = true;
            return _requests.SubscribeTrades(_instruments.Select(one => one.Symbol));
        }

        return request;
    }

    private void OnRejected(in FrameResult result)
    {
        _rejected++;
        if (result.Instrument is { } number)
        {
            // The parser has told the sink already that this book is lost.
            _books.Resynchronise(number, BookInvalidReason.MessageRejected, _now);
            return;
        }

        Finish(result.Rejection == FrameRejection.NotJson
            ? $"A frame is not JSON ({result.JsonError}), so any book may have missed something."
            : $"A frame was rejected ({result.Rejection}) without saying what it is about, so any book may have missed something.");
    }

    private void OnMessage(FeedMessage message)
    {
        switch (message)
        {
            case StatusMessage status:
                OnSystem(status.System);
                break;
            case InstrumentMessage instruments:
                OnInstruments(instruments);
                break;
            case PongReply pong:
                _pulse.OnPong(pong, _now);
                break;
            case SubscriptionReply { Channel: "book" or "" } reply:
                OnSubscription(reply);
                break;
            case ErrorMessage error when ErrorCodes.Classify(error.Text) == ErrorClass.Throttled:
                _nextRequest = _now + KrakenLimits.ThrottlePauseNanos;
                break;
            case MalformedMessage:
                _rejected++;
                break;
            default:
                _ignored++;
                break;
        }
    }

    private void OnSystem(MarketStatus status)
    {
        State = MarketStatuses.Word(status);
        var wasOnline = _markets.System == MarketStatus.Online;
        Tell(_markets.OnSystem(status));
        if (!wasOnline && status == MarketStatus.Online)
        {
            _books.ResynchroniseAll(_now);
        }
    }

    private void OnInstruments(InstrumentMessage message)
    {
        var changed = _markets.OnPairs(message.Pairs);
        Tell(changed);
        foreach (var number in changed)
        {
            if (_markets.IsRedefined(number))
            {
                GiveUp(number, "its price or quantity step changed; a restart reads the new one.");
            }
            else if (_markets.IsOpen(number))
            {
                // The engine dropped the book when the market closed; only a snapshot brings it back.
                _books.Resynchronise(number, BookInvalidReason.None, _now);
            }
        }
    }

    private void OnSubscription(SubscriptionReply reply)
    {
        if (_books.OnReply(reply, _now) is { } number)
        {
            GiveUp(number, reply.Error ?? "the subscription was refused without a reason.");
            _sink.Append(FeedStateRecord.Header(FeedState.MarketHalted, number, _now, _now), []);
        }
    }

    private void GiveUp(ushort number, string reason)
    {
        _books.GiveUp(number);
        _givenUp[_instruments[number].Symbol] = reason;
    }

    private void Tell(IReadOnlyList<ushort> changed)
    {
        foreach (var number in changed)
        {
            _sink.Append(FeedStateRecord.Header(_markets.IsOpen(number) ? FeedState.MarketOpen : FeedState.MarketHalted, number, _now, _now), []);
        }
    }

    private void TakeRepairs()
    {
        _repairs.BeginTaking();
        for (ushort number = 0; number < _instruments.Count; number++)
        {
            if (_repairs.TryTake(number, out var reason) && _markets.IsOpen(number) && _books.Resynchronise(number, reason, _now)
                && reason == BookInvalidReason.ChecksumMismatch)
            {
                _mismatches++;
            }
        }

        if (_books.EndReason is { } end)
        {
            Finish(end);
        }
    }

    private void Finish(string reason) => EndReason ??= reason;
}

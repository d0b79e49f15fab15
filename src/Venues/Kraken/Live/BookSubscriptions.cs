using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Venues.Kraken.Feed.Messages;

namespace Parallax.Venues.Kraken.Live;

/// <summary>Where each symbol's book stands on the connection: asked for, live, to be asked for again, or given up.</summary>
/// <remarks>
/// A book that is lost is unsubscribed and subscribed, because only a new subscription brings a snapshot. The venue works through a
/// connection's requests in order, so the second need not wait for the answer to the first; what still comes of the old
/// subscription is dropped until the snapshot.
/// </remarks>
internal sealed class BookSubscriptions(IReadOnlyList<Instrument> instruments, KrakenFeedOptions options)
{
    private readonly Book[] _books = new Book[instruments.Count];
    private readonly Dictionary<string, ushort> _numbers = instruments.Select((one, i) => (one.Symbol, (ushort)i)).ToDictionary(StringComparer.Ordinal);
    private readonly List<ushort> _batch = [];
    private readonly List<ushort> _silent = [];
    private long _nextLook;

    private enum Stand : byte
    {
        Waiting = 0,
        Asked,
        Live,

        /// <summary>Given up until the feed is restarted.</summary>
        Left,
    }

    public int Live { get; private set; }

    public long Resynchronisations { get; private set; }

    /// <summary>Why the connection is of no use any more; <see langword="null"/> while it is.</summary>
    public string? EndReason { get; private set; }

    /// <summary>A new connection: everything is asked for, except what was given up.</summary>
    public void Begin(long now)
    {
        Live = 0;
        EndReason = null;
        _nextLook = now;
        foreach (ref var book in _books.AsSpan())
        {
            book = new Book { Stand = book.Stand == Stand.Left ? Stand.Left : Stand.Waiting, Mismatches = book.Mismatches, Due = now };
        }
    }

    /// <summary>Notes a snapshot. Always to be handed on.</summary>
    public void OnSnapshot(ushort number, long now)
    {
        ref var book = ref _books[number];
        if (book.Stand is Stand.Asked)
        {
            book.Stand = Stand.Live;
            book.Tries = 0;
            book.FirstUpdateTime = null;
            Live++;
        }

        book.LastTime = now;
    }

    /// <summary>Notes an update.</summary>
    /// <returns>Whether it continues a book that stands; if not, it is to be dropped.</returns>
    public bool OnUpdate(ushort number, long now)
    {
        ref var book = ref _books[number];
        if (book.Stand == Stand.Live)
        {
            book.LastTime = now;
            book.FirstUpdateTime ??= now;
            return true;
        }

        if (book is { Stand: Stand.Asked, IsRepair: false })
        {
            // The first subscription of a connection begins with a snapshot: here one was lost.
            Restart(ref book, now);
        }

        return false;
    }

    /// <summary>Starts a book afresh; nothing happens when that is under way already.</summary>
    /// <returns>Whether the book stood until now.</returns>
    public bool Resynchronise(ushort number, BookInvalidReason reason, long now)
    {
        ref var book = ref _books[number];
        if (book.Stand != Stand.Live)
        {
            return false;
        }

        if (reason == BookInvalidReason.ChecksumMismatch)
        {
            // A snapshot is right after nearly every failure: only an update shows that what follows it holds.
            var isVerified = book.FirstUpdateTime is { } first && now - first > options.VerdictNanos;
            book.Mismatches = isVerified ? 1 : book.Mismatches + 1;
            if (book.Mismatches >= options.MismatchesMax)
            {
                book.Mismatches = 0;
                EndReason = $"{instruments[number].Symbol}: {options.MismatchesMax} checksum failures in a row.";
            }
        }

        Restart(ref book, now);
        return true;
    }

    /// <summary>Starts every book afresh, after the venue was closed.</summary>
    public void ResynchroniseAll(long now)
    {
        for (var number = 0; number < _books.Length; number++)
        {
            Resynchronise((ushort)number, BookInvalidReason.None, now);
        }
    }

    /// <summary>Gives a symbol up until the feed is restarted.</summary>
    public void GiveUp(ushort number)
    {
        ref var book = ref _books[number];
        Live -= book.Stand == Stand.Live ? 1 : 0;
        book.Stand = Stand.Left;
    }

    public bool IsGivenUp(ushort number) => _books[number].Stand == Stand.Left;

    /// <summary>Takes the venue's answer about one symbol of a subscription.</summary>
    /// <returns>The instrument that is to be given up, when the venue will not have it.</returns>
    public ushort? OnReply(SubscriptionReply reply, long now)
    {
        if (reply.IsSuccess || reply.Method != "subscribe")
        {
            return null;
        }

        if (reply.Symbol is null || !_numbers.TryGetValue(reply.Symbol, out var number))
        {
            RetryRequest(reply.RequestId, now);
            return null;
        }

        ref var book = ref _books[number];
        if (book.Stand != Stand.Asked || (reply.RequestId is { } request && request != book.RequestId))
        {
            return null;
        }

        book.Stand = Stand.Waiting;
        book.Due = now + options.RetryNanos;
        // Told that it is subscribed, we have to leave before a snapshot comes.
        book.IsToLeave = true;
        book.IsRepair = true;
        return IsFinal(reply.Error) || book.Tries >= options.TriesMax ? number : null;
    }

    /// <summary>Looks for snapshots that did not come and books that fell silent; at most four times a second.</summary>
    /// <returns>The books that stood until now and are to be called lost. Valid until the next look.</returns>
    public IReadOnlyList<ushort> Look(long now)
    {
        _silent.Clear();
        if (now < _nextLook)
        {
            return _silent;
        }

        _nextLook = now + (UtcNanos.PerSecond / 4);
        for (var i = 0; i < _books.Length; i++)
        {
            ref var book = ref _books[i];
            if (book.Stand == Stand.Asked && now - book.AskedTime > options.SnapshotNanos)
            {
                if (book.Tries >= options.TriesMax && Live == 0)
                {
                    EndReason = $"{instruments[i].Symbol}: no snapshot after {book.Tries} subscriptions, and no other book stands.";
                }

                Restart(ref book, now);
                // One that never comes must not cost the others their connection, nor ask for ever at the same pace.
                book.Due = now + (book.Tries >= options.TriesMax ? options.SnapshotNanos * Math.Min(book.Tries, 30) : 0);
            }
            else if (book.Stand == Stand.Live && now - book.LastTime > options.SymbolSilenceNanos)
            {
                Restart(ref book, now);
                _silent.Add((ushort)i);
            }
        }

        return _silent;
    }

    /// <summary>Writes the next request: what is to be left first, then what is to be subscribed, symbols of one depth together.</summary>
    /// <returns>Empty when there is nothing to ask for now.</returns>
    public ReadOnlySpan<byte> NextRequest(FeedRequests requests, long now)
    {
        if (Gather(now, leaving: true) is { } leftDepth)
        {
            foreach (var number in _batch)
            {
                _books[number].IsToLeave = false;
            }

            return requests.UnsubscribeBooks(_batch.Select(number => instruments[number].Symbol), leftDepth);
        }

        if (Gather(now, leaving: false) is { } depth)
        {
            var request = requests.SubscribeBooks(_batch.Select(number => instruments[number].Symbol), depth);
            foreach (var number in _batch)
            {
                ref var book = ref _books[number];
                book.Stand = Stand.Asked;
                book.AskedTime = now;
                book.RequestId = requests.LastId;
                book.Tries++;
            }

            return request;
        }

        return [];
    }

    /// <summary>Puts the symbols of the next request into the batch.</summary>
    /// <returns>Their depth; <see langword="null"/> when there are none.</returns>
    private int? Gather(long now, bool leaving)
    {
        _batch.Clear();
        int? depth = null;
        for (var i = 0; i < _books.Length && _batch.Count < options.SymbolsPerRequest; i++)
        {
            ref readonly var book = ref _books[i];
            if (book.Stand == Stand.Waiting && book.Due <= now && book.IsToLeave == leaving && (depth ?? instruments[i].BookDepth) == instruments[i].BookDepth)
            {
                depth = instruments[i].BookDepth;
                _batch.Add((ushort)i);
            }
        }

        return depth;
    }

    private void Restart(ref Book book, long now)
    {
        Live -= book.Stand == Stand.Live ? 1 : 0;
        book.Stand = Stand.Waiting;
        book.Due = now;
        book.IsToLeave = true;
        book.IsRepair = true;
        Resynchronisations++;
    }

    /// <summary>An answer without a symbol is about all of its request.</summary>
    private void RetryRequest(ulong? request, long now)
    {
        foreach (ref var book in _books.AsSpan())
        {
            if (book.Stand == Stand.Asked && book.RequestId == request)
            {
                book.Stand = Stand.Waiting;
                book.Due = now + options.RetryNanos;
            }
        }
    }

    /// <summary>Texts of the feed that another try will not change; they are no error codes, so they are matched by their words.</summary>
    private static bool IsFinal(string? error) => error is not null
        && (error.Contains("not supported", StringComparison.OrdinalIgnoreCase)
            || error.Contains("not found", StringComparison.OrdinalIgnoreCase)
            || ErrorCodes.Classify(error) is ErrorClass.BadRequest);

    private struct Book
    {
        public Stand Stand;
        /// <summary>Still subscribed, as far as the venue knows.</summary>
        public bool IsToLeave;

        /// <summary>Not the first subscription of this connection: updates of the one before may still come.</summary>
        public bool IsRepair;
        public int Tries;
        public int Mismatches;
        public ulong RequestId;
        public long Due;
        public long AskedTime;

        /// <summary>Since the last snapshot; <see langword="null"/> before one.</summary>
        public long? FirstUpdateTime;
        public long LastTime;
    }
}

using System.Text;
using System.Text.Json;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Venues.Feeds;
using Parallax.Venues.Kraken.Live;

namespace Parallax.Venues.Tests.Kraken.Live;

/// <summary>Plays the venue and the clock to a feed session, and keeps what comes out: requests, records, books.</summary>
internal sealed class FeedDriver : IRecordSink, IDisposable
{
    private readonly FeedSession _session;

    public FeedDriver(KrakenFeedOptions? options = null, params IReadOnlyList<Instrument> instruments)
        : this(options, sink => sink, instruments)
    {
    }

    /// <param name="between">Stands between the session and the books: a place to plant faults.</param>
    public FeedDriver(KrakenFeedOptions? options, Func<IRecordSink, IRecordSink> between, IReadOnlyList<Instrument> instruments)
    {
        Instruments = instruments.Count > 0 ? instruments : [AnInstrument.Of("BTC/USD", 1), AnInstrument.Of("ETH/USD", 2), AnInstrument.Of("ETH/BTC", 5)];
        Repairs = new RepairRequests(Instruments.Count);
        Books = [.. Instruments.Select(one => new OrderBook(one))];
        _session = new FeedSession(Instruments, options ?? new KrakenFeedOptions { RequestIntervalNanos = 0 }, between(this), Repairs);
    }

    public IReadOnlyList<Instrument> Instruments { get; }

    public RepairRequests Repairs { get; }

    /// <summary>What the engine would hold; it gives its verdicts back as the engine does.</summary>
    public OrderBook[] Books { get; }

    public List<RecordHeader> Records { get; } = [];

    public List<JsonElement> Requests { get; } = [];

    public long Now { get; private set; } = 1_700_000_000 * UtcNanos.PerSecond;

    public string? EndReason => _session.EndReason;

    public FeedHealth Health => _session.Health();

    public IEnumerable<FeedState> States => Records.Where(r => r.Kind == MarketRecordKind.FeedState).Select(r => FeedStateRecord.State(r));

    /// <summary>A connection to a venue that is online, subscribed to everything.</summary>
    public FeedDriver Connected()
    {
        _session.Begin(Now);
        Frame("""{"channel":"status","type":"update","data":[{"system":"online","api_version":"v2","connection_id":18266300427528990701,"version":"2.0.4"}]}""");
        Send();
        return this;
    }

    public void Begin() => _session.Begin(Now);

    public void End(string reason = "test") => _session.End(reason, Now);

    /// <summary>Lets time pass in steps as the feed's thread does, sending what is due.</summary>
    public void Pass(double seconds, string? everySecond = null)
    {
        var end = Now + (long)(seconds * UtcNanos.PerSecond);
        var heartbeat = Now + UtcNanos.PerSecond;
        while (Now < end && EndReason is null)
        {
            Now = Math.Min(end, Now + (UtcNanos.PerSecond / 20));
            if (everySecond is not null && Now >= heartbeat)
            {
                heartbeat += UtcNanos.PerSecond;
                Frame(everySecond);
            }

            _session.Look(Now);
            Send();
        }
    }

    public const string Heartbeat = """{"channel":"heartbeat"}""";

    public void Frame(string frame) => Frame(Encoding.UTF8.GetBytes(frame));

    public void Frame(byte[] frame) => _session.OnFrame(frame, Now);

    public void Look() => _session.Look(Now);

    /// <summary>Sends everything that is due now.</summary>
    public void Send()
    {
        for (var request = _session.NextRequest(Now); !request.IsEmpty; request = _session.NextRequest(Now))
        {
            using var document = JsonDocument.Parse(request.ToArray());
            Requests.Add(document.RootElement.Clone());
        }
    }

    /// <summary>The requests since the last call, by method and channel: <c>subscribe book BTC/USD,ETH/USD 10</c>.</summary>
    public IReadOnlyList<string> TakeRequests()
    {
        string[] lines = [.. Requests.Select(Describe)];
        Requests.Clear();
        return lines;
    }

    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        Records.Add(header);
        if (header.Kind is MarketRecordKind.BookSnapshot or MarketRecordKind.BookDelta)
        {
            var before = Books[header.Subject].State;
            Books[header.Subject].Apply(header, BookRecord.Levels(payload));
            Judge(header.Subject, before);
        }
        else if (header.Kind == MarketRecordKind.FeedState)
        {
            var lost = FeedStateRecord.State(header) switch
            {
                FeedState.Disconnected => Enumerable.Range(0, Books.Length),
                FeedState.BookLost or FeedState.MarketHalted => [header.Subject],
                _ => [],
            };
            foreach (var number in lost)
            {
                var before = Books[number].State;
                Books[number].Invalidate(FeedStateRecord.Reason(header));
                Judge((ushort)number, before);
            }
        }
    }

    public void Dispose() => _session.Dispose();

    private void Judge(ushort number, BookState before)
    {
        if (before is not BookState.Invalid && Books[number].State == BookState.Invalid)
        {
            Repairs.Resynchronise(number, Books[number].InvalidReason);
        }
    }

    private static string Describe(JsonElement request)
    {
        var method = request.GetProperty("method").GetString();
        if (!request.TryGetProperty("params", out var parameters))
        {
            return method!;
        }

        var channel = parameters.GetProperty("channel").GetString();
        var symbols = parameters.TryGetProperty("symbol", out var list) ? string.Join(',', list.EnumerateArray().Select(s => s.GetString())) : "";
        var depth = parameters.TryGetProperty("depth", out var levels) ? levels.ToString() : "";
        return $"{method} {channel} {symbols} {depth}".TrimEnd();
    }
}

using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;

namespace Parallax.Reporting.Tests;

/// <summary>A journal written by hand in a folder of its own; each plan buys BTC and sells it again.</summary>
internal sealed class AJournal : IDisposable
{
    public static readonly Asset Usd = new("USD"), Btc = new("BTC");

    private readonly string _root = Directory.CreateTempSubdirectory("parallax-").FullName;
    private readonly JournalWriter _journal;
    private readonly DecisionWriter _decisions;
    private readonly PayloadWriter _payload = new();
    private int _session;

    public AJournal()
    {
        _journal = JournalWriter.Create(Path.Combine(_root, "journal"));
        _decisions = new DecisionWriter(_journal) { Now = 1_700_000_000 * UtcNanos.PerSecond };
    }

    public static Instrument Instrument(string @base, decimal lot) => new()
    {
        Id = new InstrumentId(new VenueId("hand"), new Asset(@base), Usd, InstrumentKind.Spot),
        Symbol = $"{@base}/USD",
        TickSize = 1m,
        LotSize = lot,
    };

    public AJournal Session(params Instrument[] instruments)
    {
        for (var number = 0; number < instruments.Length; number++)
        {
            _journal.Append(InstrumentRecord.Header((ushort)number, _decisions.Now), InstrumentRecord.Write(_payload, instruments[number]));
        }

        return Write(new SessionStarted(++_session, "test", "mode=test"));
    }

    public AJournal Write<T>(T decision, ushort subject = 0)
        where T : IDecision<T>
    {
        _decisions.Now += UtcNanos.PerMillisecond;
        _decisions.Write(decision, subject);
        return this;
    }

    public AJournal Event(int plan, int attempt, OrderEventType type, Side side = Side.Buy, long ticks = 0, long lots = 0, ulong trade = 0)
    {
        _decisions.Now += UtcNanos.PerMillisecond;
        var told = new OrderEvent
        {
            Id = ClientOrderId.Of(_session, plan, attempt),
            Type = type,
            Side = side,
            Fill = new Level(ticks, lots),
            TradeId = trade,
            Reason = "",
        };
        _journal.Append(told.Header(_decisions.Now, _decisions.Now), told.Write(_payload));
        return this;
    }

    /// <summary>Opportunity, refusal and the opening of a plan with one order.</summary>
    public AJournal Open(int plan) => this
        .Write(new OpportunityOpened(plan * 10, "USD>BTC>USD", 12.5m))
        .Write(new OpportunityRefused(plan * 10, "book-age", 700m, 500m, 0m, 0m))
        .Write(new PlanOpened(plan, plan * 10, "USD>BTC>USD", Usd, 1_000m, 12m, -2m, -1m, 9m))
        .Write(new BookSeen(plan, 0, Side.Buy, _decisions.Now, _decisions.Now, 5, 100, new[] { new Level(100, 10) }))
        .Write(new OrderIntent(ClientOrderId.Of(_session, plan, 1), plan, 0, OrderPurpose.Leg, Side.Buy, 5, 100, TimeInForce.ImmediateOrCancel));

    public AJournal Close(int plan, decimal realised = 4m, params Remainder[] left) =>
        Write(new PlanClosed(plan, left.Length == 0 ? PlanOutcome.Completed : PlanOutcome.Residual, realised, realised - 9m, _decisions.Now, left));

    public AJournal Posting(int plan, ulong trade) => Write(new Posted(
        PostingReason.Fill, plan, ClientOrderId.Of(_session, plan, 1), trade,
        new[] { new PostingLine(Account.Holdings, Usd, new VenueId("hand"), -5m), new PostingLine(Account.Trading, Usd, new VenueId("hand"), 5m) }));

    /// <summary>Closes the journal for writing and opens it for reading.</summary>
    public JournalReader Reader()
    {
        _journal.Close();
        return JournalReader.Open(Path.Combine(_root, "journal"));
    }

    public void Dispose()
    {
        _journal.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}

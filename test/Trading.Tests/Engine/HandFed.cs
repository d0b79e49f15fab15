using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Testing;
using Parallax.Trading.Arming;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Risk;
using Record = Parallax.Journal.Framing.Record;
using TradingEngine = Parallax.Trading.Engine.Engine;

namespace Parallax.Trading.Tests.Engine;

/// <summary>An engine on a triangle of three small books. The books and every answer of the venue are given by hand.</summary>
/// <remarks>
/// With the books of <see cref="Open"/> and a fee of 1 % received in kind the best plan spends 1,000 USD: 10 BTC at 100, less fee 9.9;
/// 99 ETH at 0.1, less fee 98.01; 98 ETH sold at 11 brings 1,078, less fee 1,067.22. It earns 67.22 and leaves 0.01 ETH.
/// </remarks>
internal sealed class HandFed : IOrderGateway
{
    public const ushort BtcUsd = 0, EthBtc = 1, EthUsd = 2;
    public const decimal Profit = 67.22m;

    public static readonly Asset Usd = new("USD"), Btc = new("BTC"), Eth = new("ETH");
    public static readonly VenueId Venue = new("hand");

    private readonly RecordList _inputs = new();
    private readonly PayloadWriter _payload = new();
    private readonly IReadOnlyList<Instrument> _more;
    private ulong _trade;
    private IReadOnlyList<(RecordList Journal, int Count)> _earlier = [];

    /// <param name="openings">What earlier sessions left open.</param>
    /// <param name="more">Markets besides the three, numbered from 3.</param>
    public HandFed(Func<EngineSettings, EngineSettings>? change = null, IReadOnlyList<Opening>? openings = null, IReadOnlyList<Instrument>? more = null)
    {
        _more = more ?? [];
        var settings = new EngineSettings
        {
            Mode = "test",
            Capital = new Dictionary<Asset, decimal> { [Usd] = 1_000m },
            StartAssets = [Usd],
            Fees = new FeeTable(new FeeTerms(0.01m, FeeMode.Receive)),
            Limits = new RiskLimits { NotionalMax = 1_000_000m, NotionalMin = 0m, ReserveFraction = 0m, NetEdgeBpsMin = 1m }.Loosened(),
        };
        Settings = change?.Invoke(settings) ?? settings;
        Engine = new TradingEngine(Settings, this, Journal);
        foreach (var opening in openings ?? [])
        {
            Give(opening.Header(Now), opening.Write(_payload));
        }

        Define(BtcUsd, Instrument("BTC", "USD", 1m, 0.01m));
        Define(EthBtc, Instrument("ETH", "BTC", 0.001m, 0.1m));
        Define(EthUsd, Instrument("ETH", "USD", 0.1m, 0.1m));
        for (var i = 0; i < _more.Count; i++)
        {
            Define((ushort)(EthUsd + 1 + i), _more[i]);
        }
    }

    public EngineSettings Settings { get; }

    public TradingEngine Engine { get; }

    public RecordList Journal { get; } = new();

    public List<OrderRequest> Orders { get; } = [];

    public List<ClientOrderId> Queries { get; } = [];

    public List<ClientOrderId> Cancels { get; } = [];

    public int CancelAlls { get; private set; }

    /// <summary>The times since which the account was asked for.</summary>
    public List<long> Surveys { get; } = [];

    /// <summary>UTC nanoseconds of whatever is told next.</summary>
    public long Now { get; private set; } = 1_700_000_000 * UtcNanos.PerSecond;

    /// <summary>The next session of a journal that ends after so many records, as after a crash: with what a fold of them finds.</summary>
    public HandFed Restarted(int? records = null, Func<EngineSettings, EngineSettings>? change = null)
    {
        var fold = Fold(records);
        var next = new HandFed(
            settings => (change?.Invoke(Settings) ?? Settings) with { Session = Settings.Session + 1 }, fold.Openings(), _more)
        {
            Now = Now + UtcNanos.PerSecond,
            _trade = _trade + 1_000,
            _earlier = [.. _earlier, (Journal, records ?? Journal.Count)],
        };
        if (fold.Kill is { } kill)
        {
            next.Command(InputKind.Kill, kill.Reason);
        }

        return next;
    }

    public JournalFold Fold(int? records = null)
    {
        var fold = new JournalFold();
        foreach (var (journal, count) in _earlier.Append((Journal, records ?? Journal.Count)))
        {
            for (var i = 0; i < count; i++)
            {
                fold.Take(journal[i]);
            }
        }

        return fold;
    }

    /// <summary>Every decision of one kind, of this session and those before it.</summary>
    public IEnumerable<T> AllEver<T>()
        where T : IDecision<T> => _earlier.SelectMany(before => before.Journal.All<T>(before.Count)).Concat(Journal.All<T>());

    /// <summary>What all plans have come to, as the journal tells it.</summary>
    public decimal Results() => AllEver<PlanClosed>().Sum(closed => closed.Result)
        + AllEver<PlanSettled>().Sum(settled => settled.Change) + AllEver<PlanRestated>().Sum(restated => restated.After - restated.Before);

    /// <summary>What trades of no plan did to the balance of USD, over all sessions.</summary>
    public decimal OwnedByNoPlan() => AllEver<Posted>().Where(posted => posted is { Reason: PostingReason.Fill, Plan: 0 })
        .Sum(posted => posted.Lines.ToArray().Where(line => line.Account == Account.Holdings && line.Asset == Usd).Sum(line => line.Amount));

    /// <summary>What residuals that are listed have cost.</summary>
    public decimal Carried() => Engine.Executor.Residuals.Open.Sum(residual => residual.Cost);

    public static Instrument Instrument(string @base, string quote, decimal tick, decimal lot, decimal notionalMin = 0m) => new()
    {
        Id = new InstrumentId(Venue, new Asset(@base), new Asset(quote), InstrumentKind.Spot),
        Symbol = $"{@base}/{quote}",
        TickSize = tick,
        LotSize = lot,
        NotionalMin = notionalMin,
    };

    /// <summary>Gives the three books of the remarks; the last one makes the cycle pay.</summary>
    public HandFed Open() => Quiet().Book(EthUsd, [(11m, 200m)], [(11.1m, 200m)]);

    /// <summary>The first two books, and a third at which nothing pays.</summary>
    public HandFed Quiet() => this
        .Book(BtcUsd, [(99m, 100m)], [(100m, 10m)])
        .Book(EthBtc, [(0.098m, 200m)], [(0.1m, 200m)])
        .Book(EthUsd, [(9m, 200m)], [(11.1m, 200m)]);

    public HandFed After(long millis)
    {
        Now += millis * UtcNanos.PerMillisecond;
        return this;
    }

    public HandFed Book(ushort number, (decimal Price, decimal Quantity)[] bids, (decimal Price, decimal Quantity)[] asks) =>
        Give(
            BookRecord.Header(MarketRecordKind.BookSnapshot, number, Now, Now),
            BookRecord.Payload([.. bids.Select(level => Level(number, BookSide.Bid, level)), .. asks.Select(level => Level(number, BookSide.Ask, level))]));

    public HandFed BookLost(ushort number) =>
        Give(FeedStateRecord.BookLost(number, MarketData.Books.BookInvalidReason.FeedLost, Now, Now), []);

    public HandFed Accept(int order) => Tell(order, OrderEventType.Accepted);

    public HandFed Cancel(int order) => Tell(order, OrderEventType.Canceled);

    public HandFed Reject(int order, string reason = "no") => Give(Event(order, OrderEventType.Rejected) with { Reason = reason });

    public HandFed Unknown(int order) => Tell(order, OrderEventType.OutcomeUnknown);

    public HandFed NotFound(int order) => Tell(order, OrderEventType.NotFound);

    /// <summary>Answers every question that the venue does not know the order, until that is believed.</summary>
    public HandFed GiveUp(int order)
    {
        while (Engine.Executor.IsOut(Orders[order - 1].Id))
        {
            Wake().NotFound(order);
        }

        return this;
    }

    /// <summary>Fills part of an order, by default at its limit with the fee of the settings, under a trade id of its own.</summary>
    /// <param name="order">Counts the orders of this test from 1.</param>
    public HandFed Fill(int order, decimal quantity, decimal? price = null, decimal? fee = null, Asset? feeAsset = null, ulong? trade = null)
    {
        var sent = Orders[order - 1];
        var instrument = Engine.Markets.Instrument(sent.Instrument);
        var terms = Settings.Fees.For(instrument);
        var traded = price ?? instrument.Price(sent.LimitTicks);
        Assert.True(instrument.TryTicks(traded, out var ticks) & instrument.TryLots(quantity, out var lots));
        var isInBase = terms.AssetOn(sent.Side) == FeeAsset.Base;
        return Give(Event(order, OrderEventType.Filled) with
        {
            Fill = new Level(ticks, lots),
            Fee = fee ?? terms.On(isInBase ? quantity : quantity * traded),
            FeeAsset = feeAsset ?? (isInBase ? instrument.Base : instrument.Quote),
            TradeId = trade ?? ++_trade,
        });
    }

    /// <summary>Accepts an order and fills all of it.</summary>
    public HandFed FillAll(int order) => Accept(order).Fill(order, Quantity(order));

    /// <summary>Fills part of an immediate-or-cancel order and cancels its rest.</summary>
    public HandFed FillPart(int order, decimal quantity) => Accept(order).Fill(order, quantity).Cancel(order);

    /// <summary>Cancels an order of which nothing traded.</summary>
    public HandFed Miss(int order) => Accept(order).Cancel(order);

    /// <summary>Answers a survey.</summary>
    public HandFed Say(params Statement[] items)
    {
        foreach (var item in items)
        {
            Give(item.Header(Now, Now), item.Write(_payload));
        }

        return this;
    }

    /// <summary>Answers a survey with balances alone.</summary>
    public HandFed SayBalances(params (Asset Asset, decimal Amount)[] balances) => Say(
    [
        new Statement.Begun(Venue, 0),
        .. balances.Select(held => new Statement.Balance(Venue, held.Asset, held.Amount, 0m)),
        new Statement.Ended(Venue, true, ""),
    ]);

    /// <summary>Answers a survey with just what the ledger holds.</summary>
    public HandFed SayLedger() => SayBalances([.. Engine.Treasury.Ledger.Holdings.Select(held => (held.Asset, Engine.Treasury.Ledger.Balance(held)))]);

    /// <summary>Goes to the engine's next deadline and hands in the timer.</summary>
    public HandFed Wake()
    {
        Assert.NotEqual(long.MaxValue, Engine.Deadlines.Next);
        Now = Engine.Deadlines.Next;
        return Give(InputKind.Header(InputKind.Timer, Now), []);
    }

    public HandFed Command(byte kind, string reason) => Give(InputKind.Header(kind, Now), _payload.Restart().Text(reason).Written);

    /// <summary>Hands in an input of any kind.</summary>
    public HandFed Input(byte kind, ReadOnlySpan<byte> payload) => Give(InputKind.Header(kind, Now), payload);

    public HandFed Command(BreakerCommand command) => Give(InputKind.Header(RiskInput.Breaker, Now), command.Write(_payload));

    /// <summary>What an earlier session left, as the first thing that this one is told.</summary>
    public HandFed Remember(RiskMemory memory) => Give(InputKind.Header(RiskInput.Opening, Now), memory.Write(_payload));

    public decimal Quantity(int order) => Engine.Markets.Instrument(Orders[order - 1].Instrument).Quantity(Orders[order - 1].QuantityLots);

    public decimal Limit(int order) => Engine.Markets.Instrument(Orders[order - 1].Instrument).Price(Orders[order - 1].LimitTicks);

    public decimal Balance(Asset asset) => Engine.Treasury.Reservations.Balance(new Holding(asset, Venue));

    public decimal Reserved(Asset asset) => Balance(asset) - Engine.Treasury.Reservations.Available(new Holding(asset, Venue));

    public IReadOnlyList<T> All<T>()
        where T : IDecision<T> => Journal.All<T>();

    /// <summary>The only decision of its kind.</summary>
    public T Only<T>()
        where T : IDecision<T> => Assert.Single(All<T>());

    void IOrderGateway.Submit(in OrderRequest request) => Orders.Add(request);

    void IOrderGateway.Query(ClientOrderId id, long sentTime) => Queries.Add(id);

    void IOrderGateway.Cancel(ClientOrderId id, long sentTime) => Cancels.Add(id);

    void IOrderGateway.CancelAll(long sentTime) => CancelAlls++;

    void IOrderGateway.Survey(long sinceTime, long sentTime) => Surveys.Add(sinceTime);

    public HandFed Give(BalanceAcceptance accepted) => Give(InputKind.Header(BalanceAcceptance.RecordKind, Now), accepted.Write(_payload));

    public HandFed Give(FeeCorrection told) => Give(FeeCorrection.Header(Now, Now), told.Write(_payload));

    public HandFed Give(TradeReversal told) => Give(TradeReversal.Header(Now, Now), told.Write(_payload));

    public HandFed Give(ResidualCommand command) => Give(InputKind.Header(ResidualCommand.RecordKind, Now), command.Write(_payload));

    public HandFed Give(SettingsChange change) => Give(InputKind.Header(SettingsChange.RecordKind, Now), change.Write(_payload));

    public HandFed Give(ArmCommand command) => Give(InputKind.Header(ArmCommand.RecordKind, Now), command.Write(_payload));

    public HandFed Give(VenueStatus status) => Give(status.Header(Now, Now), status.Write(_payload));

    public HandFed Give(FeeSchedule fees) => Give(FeeSchedule.Header(Now, Now), fees.Write(_payload));

    public HandFed Give(OrderEvent told) => Give(told.Header(Now, Now), told.Write(_payload));

    private HandFed Tell(int order, OrderEventType type) => Give(Event(order, type));

    private OrderEvent Event(int order, OrderEventType type) => new()
    {
        Id = Orders[order - 1].Id,
        Type = type,
        Instrument = Orders[order - 1].Instrument,
        Side = Orders[order - 1].Side,
        Reason = "",
    };

    private void Define(ushort number, Instrument instrument) => Give(InstrumentRecord.Header(number, Now), InstrumentRecord.Write(new PayloadWriter(), instrument));

    private BookLevel Level(ushort number, BookSide side, (decimal Price, decimal Quantity) level)
    {
        var instrument = Engine.Markets.Instrument(number);
        Assert.True(instrument.TryTicks(level.Price, out var ticks) & instrument.TryLots(level.Quantity, out var lots));
        return new BookLevel(side, ticks, lots);
    }

    private HandFed Give(RecordHeader header, ReadOnlySpan<byte> payload)
    {
        _inputs.Append(header, payload);
        Engine.Handle(_inputs[_inputs.Count - 1]);
        Engine.Treasury.Check();
        return this;
    }
}

internal static class Decided
{
    /// <summary>Every decision of one kind, in order.</summary>
    /// <param name="records">Of so many records; of all.</param>
    public static IReadOnlyList<T> All<T>(this RecordList journal, int? records = null)
        where T : IDecision<T>
    {
        var found = new List<T>();
        for (var i = 0; i < (records ?? journal.Count); i++)
        {
            if (journal[i].Header.Kind == (byte)T.Kind)
            {
                var reader = new PayloadReader(journal[i].Payload);
                found.Add(T.Read(ref reader));
            }
        }

        return found;
    }
}

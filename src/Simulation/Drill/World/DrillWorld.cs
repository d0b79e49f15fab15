using Parallax.Domain;
using Parallax.Simulation.Drill.Faults;
using Parallax.Simulation.Drill.Invariants;
using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Randomness;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;

namespace Parallax.Simulation.Drill.World;

/// <summary>Everything there is: one agenda, one seed, a venue, a network, a machine with clock and disk, and the program that is put to the test.</summary>
public sealed class DrillWorld : IDisposable
{
    // Every part draws from its own stream: taking one fault away leaves everything else as it was.
    private const ulong MarketStream = 1, LatencyStream = 2, DiskStream = 3;

    private readonly SeededRandom _latency;
    private readonly Dictionary<ClientOrderId, int> _sent = [];

    public DrillWorld(DrillTerms terms, ulong seed, IReadOnlyList<Fault> faults, bool keepsStory = false)
    {
        Faults = faults;
        Terms = terms = faults.Aggregate(terms, (shaped, fault) => fault.Shape(shaped));
        _latency = new SeededRandom(seed, LatencyStream);
        Agenda = new Agenda(terms.StartTime);
        Story = new Story(Agenda, keepsStory);
        Clock = new MachineClock(Agenda);
        Disk = new DrillDisk(new SeededRandom(seed, DiskStream));
        Durable = new DurableIntents(Disk);
        Exchange = new Exchange(this);
        Feed = new DrillFeed(this);
        Fates = new Fates(this);
        Machine = new DrillMachine(this);
        CrashPoints = new CrashPoints(this);
        Fees = new FeeTerms(0.001m, seed % 2 == 0 ? FeeMode.Quote : FeeMode.Receive);
        Venue = new DrillVenue(this, Fees);
        Venue.Move(DrillListings.Usd, terms.Capital);
        foreach (var (asset, amount) in terms.Inventory)
        {
            Venue.Move(asset, amount);
        }

        Operator = new DrillOperator(this);
        Store = new DrillStore(this);
        _ = new DrillStoreWatch(this);
        Restatements = new Restatements(this);
        Market = new DrillMarket(Venue, Agenda, terms, new SeededRandom(seed, MarketStream));
        foreach (var fault in faults.Where(fault => fault.FromNanos < terms.ChaosNanos))
        {
            Agenda.At(terms.StartTime + fault.FromNanos, () => fault.Begin(this));
            Agenda.At(terms.StartTime + Math.Min(fault.UntilNanos, terms.ChaosNanos), () => fault.End(this));
        }
    }

    public DrillTerms Terms { get; }

    public Agenda Agenda { get; }

    public Story Story { get; }

    public MachineClock Clock { get; }

    public DrillDisk Disk { get; }

    /// <summary>What stands on the disk of orders' intents.</summary>
    public DurableIntents Durable { get; }

    public DrillVenue Venue { get; }

    public Exchange Exchange { get; }

    public DrillFeed Feed { get; }

    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>What becomes of orders, questions and quotes on their way.</summary>
    public Fates Fates { get; }

    /// <summary>Where the program runs.</summary>
    public DrillMachine Machine { get; }

    /// <summary>Where the program dies next.</summary>
    public CrashPoints CrashPoints { get; }

    /// <summary>Some message of the venue has not been delivered.</summary>
    public bool HasMessagesUnderWay => Exchange.UnderWay > 0;

    /// <summary>What the program believes it is charged.</summary>
    public FeeTerms Fees { get; }

    public DrillOperator Operator { get; }

    /// <summary>What the venue says otherwise afterwards.</summary>
    public Restatements Restatements { get; }

    /// <summary>What follows the journal into tables.</summary>
    public DrillStore Store { get; }

    /// <summary>What the journal tells.</summary>
    public ToldSoFar Told { get; } = new();

    /// <summary>What the journal tells of when plans may begin.</summary>
    public ToldConditions Conditions { get; } = new();

    /// <inheritdoc cref="DrillMachine.Process"/>
    public DrillProcess? Process => Machine.Process;

    /// <inheritdoc cref="DrillMachine.Engine"/>
    public Engine? Engine => Machine.Engine;

    /// <summary>How often each order was sent, over all lives of the program.</summary>
    public IReadOnlyDictionary<ClientOrderId, int> SentTimes => _sent;

    /// <summary>The first invariant that did not hold; <see langword="null"/> as it should be.</summary>
    public Breach? Breach { get; private set; }

    /// <summary>Something has happened since the last look that an invariant may be about.</summary>
    public bool IsTouched { get; set; }

    /// <summary>Nothing goes wrong any more: faults are not asked.</summary>
    public bool IsCalm { get; set; }

    private DrillMarket Market { get; }

    /// <summary>Puts one market off its fair price for a while: what plans are made of.</summary>
    /// <param name="bps">Positive is too dear.</param>
    public void Misprice(ushort instrument, int bps, long nanos) => Market.Misprice(instrument, bps, nanos);

    /// <inheritdoc cref="DrillMarket.Revalue"/>
    public void Revalue(Asset asset, int bps) => Market.Revalue(asset, bps);

    /// <inheritdoc cref="DrillMarket.MovePeg"/>
    public void MovePeg(int bps) => Market.MovePeg(bps);

    /// <inheritdoc cref="DrillMarket.OffPegSince"/>
    public long? OffPegSince => Market.OffPegSince;

    /// <summary>The venue says something about itself; the program hears it when it is there to.</summary>
    public void Announce(VenueStatus status)
    {
        Venue.Status = status;
        Agenda.After(Latency(), () => Process?.Tell(status));
    }

    /// <summary>The venue charges other fees from now on; the program is told after a while.</summary>
    public void Charge(FeeTerms fees, long toldAfterNanos)
    {
        Story.Say("venue", $"charges {fees.Rate}");
        Venue.Charge(fees);
        Agenda.After(toldAfterNanos, () => Process?.Tell(new FeeSchedule(DrillListings.Venue, "", Venue.Fees)));
    }

    /// <summary>The agenda's next thing happens; then, where it touched anything that is watched, every invariant is looked at.</summary>
    /// <returns>False when an invariant broke, now or before.</returns>
    public bool Step()
    {
        Agenda.Step();
        if (IsTouched && Breach is null)
        {
            IsTouched = false;
            Breach = Watch.EachStep(this);
        }

        return Breach is null;
    }

    /// <summary>Says that something is not as it must be.</summary>
    public void Break(string invariant, string what) => Breach ??= new Breach(invariant, what, Agenda.Now, Agenda.Steps);

    /// <summary>Gives back what was lent: nothing of disk, store and tapes may be looked at any more.</summary>
    public void Dispose()
    {
        Disk.Dispose();
        Store.Dispose();
        Machine.Dispose();
    }

    internal long Latency() => Terms.LatencyNanos + _latency.Below(Terms.LatencyNanos / 2);

    /// <summary>An order's bytes leave the machine.</summary>
    internal void Sent(in OrderRequest request)
    {
        IsTouched = true;
        Story.Say("gateway", $"sends {request.Id}: {request.Side} {request.QuantityLots} lots of {DrillListings.All[request.Instrument].Symbol} at {request.LimitTicks}");
        _sent[request.Id] = _sent.GetValueOrDefault(request.Id) + 1;
        Watch.OnSend(this, request);
    }

    /// <summary>An order is at the venue.</summary>
    internal void Arrived(DrillOrder order)
    {
        IsTouched = true;
        if (!_sent.ContainsKey(order.Request.Id))
        {
            Break("intent-first", $"the venue has {order.Request.Id}, which was never sent");
        }
    }
}

using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Risk;

namespace Parallax.Simulation.Drill.World;

/// <summary>What the journal tells of the conditions under which a plan may be opened: breakers, trading state, arming, the venue's word, its fees and balances.</summary>
public sealed class ToldConditions
{
    private readonly SortedDictionary<string, ToldBreaker> _breakers = new(StringComparer.Ordinal);

    /// <summary>By scope; those that ever changed.</summary>
    public IReadOnlyCollection<ToldBreaker> Breakers => _breakers.Values;

    /// <summary>Outlives sessions.</summary>
    public RiskLevel Level { get; private set; }

    /// <summary>What the venue last said in this session; <see langword="null"/> while it said nothing.</summary>
    public VenueStatus? Venue { get; private set; }

    /// <summary>What the venue said in this session that it charges; <see langword="null"/> while the settings count.</summary>
    public FeeTerms? Fees { get; private set; }

    /// <summary>Balances that differ and that nobody has accepted.</summary>
    public int Drifts { get; private set; }

    public bool IsArmed { get; private set; }

    /// <summary>The disk was full when it was last spoken of.</summary>
    public bool IsDiskFull { get; private set; }

    /// <summary>The database was behind when it was last spoken of.</summary>
    public bool IsStoreBehind { get; private set; }

    /// <summary>A program starts: what counts for one session alone is over. It may be told things before its first record.</summary>
    public void BeginSession()
    {
        (Venue, Fees, Drifts, IsArmed, IsDiskFull, IsStoreBehind) = (null, null, 0, false, false, false);
        foreach (var breaker in _breakers.Values)
        {
            breaker.ProbesOut = 0;
        }
    }

    public void Take(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        switch (header.Kind)
        {
            case (byte)DecisionKind.BreakerChanged:
                var changed = BreakerChanged.Read(ref reader);
                _breakers[changed.Scope] = new ToldBreaker(changed);
                break;
            case (byte)DecisionKind.RiskLevelChanged:
                Level = RiskLevelChanged.Read(ref reader).To;
                break;
            case (byte)DecisionKind.Reconciled:
                Drifts = Reconciled.Read(ref reader).Drifts;
                break;
            case BalanceAcceptance.RecordKind:
                Drifts = Math.Max(0, Drifts - 1);
                break;
            case InputKind.Arm:
                IsArmed = true;
                break;
            case InputKind.Disarm:
            case (byte)DecisionKind.Disarmed:
                IsArmed = false;
                break;
            case StorageReport.FullKind:
            case StorageReport.BackKind:
                IsDiskFull = header.Kind == StorageReport.FullKind;
                break;
            case StoreReport.RecordKind:
                IsStoreBehind = reader.Bool();
                break;
            case FeeSchedule.RecordKind:
                Fees = ReadFees(ref reader);
                break;
            case VenueStatus.RecordKind:
                Venue = new VenueStatus(new VenueId(reader.Text()), (VenueCondition)header.Flags, reader.Text(), reader.Text());
                break;
            case OrderEvent.RecordKind when (OrderEventType)header.Flags is OrderEventType.Filled or OrderEventType.Canceled or OrderEventType.NotSent:
                foreach (var breaker in _breakers.Values)
                {
                    breaker.ProbesOut = Math.Max(0, breaker.ProbesOut - 1);
                }

                break;
        }
    }

    /// <summary>A plan begins: the probe of every breaker that is not closed.</summary>
    public void Probe()
    {
        foreach (var breaker in _breakers.Values.Where(breaker => breaker.Told.State != BreakerState.Closed))
        {
            breaker.ProbesOut++;
        }
    }

    /// <summary>Begins anew with what the disk still holds.</summary>
    public void Reread(ReadOnlySpan<byte> journal)
    {
        _breakers.Clear();
        (Level, Venue, Fees, Drifts, IsArmed, IsDiskFull, IsStoreBehind) = (RiskLevel.Active, null, null, 0, false, false, false);
        var records = new JournalBytes(journal);
        while (records.TryNext(out var record))
        {
            Take(record.Header, record.Payload);
        }
    }

    private static FeeTerms ReadFees(ref PayloadReader reader)
    {
        _ = (reader.Text(), reader.Text());
        return new FeeTerms(reader.Decimal(), (FeeMode)reader.Byte());
    }
}

/// <summary>A breaker as the journal tells it.</summary>
public sealed class ToldBreaker(BreakerChanged told)
{
    public BreakerChanged Told { get; } = told;

    /// <summary>Plans that were let through since, and of whose orders none has come to an end.</summary>
    public int ProbesOut { get; set; }
}

using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Latency;
using Parallax.Trading.Engine;
using Parallax.Trading.Engine.Live;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;

namespace Parallax.Simulation.Venue;

/// <summary>The simulated venue on a live market: where the orders of a paper session go.</summary>
/// <remarks>
/// Lives on the engine thread, between the records: an order arrives after the entry latency, meets the book as we know it then, and its
/// report is an input of the engine after the response latency. Instruments are taken from the records, as the engine does.
/// </remarks>
/// <param name="account">What a survey is answered with; <see langword="null"/> for a venue that keeps none.</param>
public sealed class PaperVenue(FeeTable fees, ILatencyModel latency, IOrderFaults faults, SimulatedVenueTerms terms, ulong seed, VenueAccount? account = null)
    : IOrderGateway, IBetweenRecords, IOrderEventSink
{
    private readonly List<Instrument> _instruments = [];
    private readonly PayloadWriter _payload = new();
    private SimulatedVenue? _venue;
    private LiveMarket? _market;
    private IRecordSink? _inputs;

    public long NextTime => _venue is not null && _venue.TryNextTime(out var time) ? time : long.MaxValue;

    public void Submit(in OrderRequest request) => Venue.Submit(request);

    public void Query(ClientOrderId id, long sentTime) => Venue.Query(id, sentTime);

    public void Cancel(ClientOrderId id, long sentTime) => Venue.Cancel(id, sentTime);

    public void CancelAll(long sentTime) => Venue.CancelAll(sentTime);

    public void Survey(long sinceTime, long sentTime) => Venue.Survey(sinceTime, sentTime);

    public void HappenBefore(long timeNanos, Markets markets, IRecordSink inputs)
    {
        _market ??= new LiveMarket(markets.Books);
        _inputs = inputs;
        Venue.ProcessBefore(timeNanos, _market, this);
    }

    public void Observe(Record record)
    {
        if (_venue is { IsWatching: true })
        {
            _venue.Observe(record);
        }
        else if (record.Header.Kind == MarketRecordKind.Instrument && record.Header.Subject == _instruments.Count)
        {
            _instruments.Add(InstrumentRecord.Read(record.Payload));
        }
    }

    void IOrderEventSink.Take(in OrderEvent report, long venueTime, long receivedTime) =>
        _inputs!.Append(report.Header(venueTime, receivedTime), report.Write(_payload));

    void IOrderEventSink.Take(Statement item, long venueTime, long receivedTime) =>
        _inputs!.Append(item.Header(venueTime, receivedTime), item.Write(_payload));

    /// <summary>Opens with the first order or survey; by then every instrument is defined.</summary>
    private SimulatedVenue Venue => _venue ??= new SimulatedVenue(
        _instruments, new FeeModel(_instruments.Select(fees.For)), latency, faults, terms, seed)
    { Account = account };
}

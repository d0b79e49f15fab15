using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Reconciliation;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>What taking costs on each market now: read again from the venue, and told to the engine where it changed.</summary>
/// <remarks>The account's tier follows its volume, so its fees change without notice. Terms may be read from any thread.</remarks>
internal sealed class FeeWatch(IReadOnlyList<Instrument> instruments, IEnumerable<FeeTerms> fees, IRecordSink sink)
{
    private readonly PayloadWriter _payload = new();
    private FeeTerms[] _terms = [.. fees];

    public FeeTerms this[ushort instrument] => Volatile.Read(ref _terms)[instrument];

    /// <summary>Takes what the venue says. Order thread only.</summary>
    public void Take(TradeVolume volume, MarketNames names, long now)
    {
        FeeTerms[] terms = [.. _terms];
        foreach (var (pair, rate) in volume.TakerRates.OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            if (names.Number(pair) is { } number && terms[number].Rate != rate)
            {
                terms[number] = terms[number] with { Rate = rate };
                var schedule = new FeeSchedule(KrakenInstruments.Venue, instruments[number].Id.Pair, terms[number]);
                sink.Append(FeeSchedule.Header(now, now), schedule.Write(_payload));
            }
        }

        Volatile.Write(ref _terms, terms);
    }
}

using Parallax.Domain;
using Parallax.Trading.Risk.Breakers;
using Parallax.Trading.Risk.Guards;
using Parallax.Trading.Risk.Scores;

namespace Parallax.Trading.Risk;

/// <content>What is known of the venues: connections, states, and how their answers went.</content>
public sealed partial class RiskBook
{
    private readonly Dictionary<VenueId, VenueSteadiness> _venues = [];

    /// <summary>By instrument.</summary>
    private VenueSteadiness[] _venueOf = [];

    /// <summary>Venues that are traded, by name.</summary>
    public IEnumerable<VenueId> Venues => _venues.Keys.OrderBy(venue => venue.Name, StringComparer.Ordinal);

    /// <summary>Half of what a venue says about itself: the connection is gone.</summary>
    public void OnDisconnected(VenueId venue)
    {
        if (_venues.TryGetValue(venue, out var steadiness))
        {
            steadiness.LoseConnection(_journal.Now);
        }
    }

    /// <summary>The other half: whether it takes orders.</summary>
    /// <remarks>A venue may say so before its first market is defined.</remarks>
    public void OnVenueStatus(VenueId venue, bool isOpen) => Steadiness(venue).IsOpen = isOpen;

    public decimal HealthOf(VenueId venue) => _venues.TryGetValue(venue, out var steadiness) ? HealthOf(steadiness) : 0m;

    /// <summary>How long a venue takes to answer an order, or what is assumed of it; <see langword="null"/> for one that is not traded.</summary>
    public AnswerTimes? AnswersOf(VenueId venue) => _venues.GetValueOrDefault(venue)?.Answers;

    /// <summary>Until the orders of a way arrive, as its slowest venue answers.</summary>
    public long AnswerNanos(ReadOnlySpan<LegBook> legs)
    {
        var slowest = 0L;
        foreach (ref readonly var leg in legs)
        {
            slowest = Math.Max(slowest, _venueOf[leg.Instrument].Answers.Nanos);
        }

        return slowest;
    }

    private decimal HealthOf(VenueSteadiness venue) => venue.Score(_journal.Now, Breakers[venue.Breaker].Window(_journal.Now));

    private void BeginVenues()
    {
        _venueOf = [.. _markets.Instruments.Select(instrument => Steadiness(instrument.Id.Venue))];
        foreach (var venue in Venues)
        {
            _ = Breakers[_venues[venue].Breaker];
        }
    }

    private void Report(int plan, VenueSteadiness venue, bool isFailure)
    {
        _probes.Answer(plan);
        var now = _journal.Now;
        Breakers.Report(BreakerScope.Global, isFailure, now);
        Breakers.Report(OfStrategy, isFailure, now);
        Breakers.Report(venue.Breaker, isFailure, now);
    }

    private VenueSteadiness Steadiness(VenueId venue)
    {
        if (!_venues.TryGetValue(venue, out var steadiness))
        {
            _venues.Add(venue, steadiness = new VenueSteadiness(venue));
        }

        return steadiness;
    }
}

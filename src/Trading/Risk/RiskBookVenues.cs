using Parallax.Domain;
using Parallax.Trading.Risk.Breakers;
using Parallax.Trading.Risk.Guards;

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

    private decimal HealthOf(VenueSteadiness venue) => venue.Score(_journal.Now, Breakers[venue.Breaker].Window(_journal.Now));

    private void BeginVenues()
    {
        _venueOf = [.. _markets.Instruments.Select(instrument => Steadiness(instrument.Id.Venue))];
        foreach (var venue in Venues)
        {
            _ = Breakers[_venues[venue].Breaker];
        }
    }

    private void Report(VenueSteadiness venue, bool isFailure)
    {
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

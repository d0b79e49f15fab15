using Parallax.Domain;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Engine;

/// <summary>What the venues allow just now, as they last said. A venue that said nothing is online.</summary>
/// <remarks>Engine thread only.</remarks>
public sealed class VenueDesk
{
    private readonly SortedDictionary<VenueId, VenueStatus> _said = [];

    /// <summary>By venue, those that ever said something.</summary>
    public IReadOnlyCollection<VenueStatus> Said => _said.Values;

    public bool AllowsTaking(VenueId venue) => !_said.TryGetValue(venue, out var status) || status.AllowsTaking;

    internal void Take(VenueStatus status) => _said[status.Venue] = status;
}

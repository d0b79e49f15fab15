using Parallax.Journal.Framing;
using Parallax.Trading.Reconciliation;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>Tells the engine what the venue allows, whenever that changes. Order thread only.</summary>
internal sealed class VenueStanding(IRecordSink sink)
{
    private readonly PayloadWriter _payload = new();
    private VenueStatus? _told;

    /// <param name="halt">Why nothing is sent; <see langword="null"/> while something may be.</param>
    /// <param name="pause">How long the venue wants to be left alone; zero when it does not.</param>
    /// <param name="state">The venue's own word for its state, or ours while it has said none.</param>
    public void Look(VenueHalt? halt, TimeSpan pause, string state, long now)
    {
        var status = halt is not null ? Halted(halt.Reason, halt.Text)
            : pause > TimeSpan.Zero ? Halted(VenueHalt.RateLimited, "the venue asked for a pause")
            : Condition(state) is { } condition ? new VenueStatus(KrakenInstruments.Venue, condition, "", state)
            // Without a word of the venue the last one holds, but a halt that is over does not.
            : _told is { Condition: VenueCondition.Halted } ? new VenueStatus(KrakenInstruments.Venue, VenueCondition.Maintenance, "", state)
            : _told;
        if (status is { } changed && changed != _told)
        {
            _told = changed;
            sink.Append(changed.Header(now, now), changed.Write(_payload));
        }
    }

    private static VenueStatus Halted(string reason, string text) => new(KrakenInstruments.Venue, VenueCondition.Halted, reason, text);

    /// <remarks>A word that nobody told us about is treated as closed.</remarks>
    private static VenueCondition? Condition(string state) => state switch
    {
        "online" => VenueCondition.Online,
        "cancel_only" => VenueCondition.CancelOnly,
        "post_only" => VenueCondition.PostOnly,
        "limit_only" => VenueCondition.LimitOnly,
        "maintenance" or "unknown" or "work_in_progress" or "delisted" or "reduce_only" => VenueCondition.Maintenance,
        _ => null,
    };
}

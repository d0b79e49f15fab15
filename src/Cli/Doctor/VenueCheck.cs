using Parallax.Cli.Operating;
using Parallax.Venues.Kraken.Feed.Messages;

namespace Parallax.Cli.Doctor;

/// <summary>Whether the venue can be reached and is open.</summary>
public sealed class VenueCheck : ICheck
{
    private const string Name = "venue";

    public async Task<IReadOnlyList<Finding>> RunAsync(Surroundings surroundings, CancellationToken cancellation)
    {
        var venue = surroundings.Venue;
        var reply = await venue.AskAsync(cancellation);
        return
        [
            reply.Trouble is { } trouble ? Silent(venue, trouble.TrimEnd('.'))
            : reply.Status == MarketStatus.Online
                ? Finding.Ok(Name, $"Kraken at {venue.Address.Host} is online; it answers in {Words.Span(reply.Received.Value - reply.Sent.Value)}.")
                : Finding.Warn(Name, $"Kraken at {venue.Address.Host} answers and is not open: {reply.Status}.", "wait; sessions trade again when it is online"),
        ];
    }

    private static Finding Silent(VenueProbe venue, string trouble) => venue.IsNamed
        ? Finding.Fail(Name, $"Kraken at {venue.Address} is not reachable: {trouble}.", "start what should answer there, or mend --endpoint or venues.kraken.endpoint")
        : Finding.Warn(Name, $"Kraken is not reachable ({trouble}): demo works without, paper does not.", "connect this machine to the internet, or let its firewall pass api.kraken.com");
}

using Parallax.MarketData.Books;
using Parallax.Reporting.Sessions;

namespace Parallax.Cli.Live.Checks;

/// <summary>The feed runs and most books can be trusted.</summary>
internal sealed class BooksCheck(IOperatedSession session) : IArmingCheck
{
    public Task<ArmingCheck> LookAsync(CancellationToken cancellation)
    {
        var now = session.Current;
        var live = now.Books.Count(book => book.State == BookState.Live);
        var areOnline = now.Venues.Count > 0 && now.Venues.All(venue => venue.State == "online");
        var passed = areOnline && live > 0 && live * 2 >= now.Books.Count;
        return Task.FromResult(new ArmingCheck("books", passed, passed
            ? $"{live} of {now.Books.Count} books are live."
            : areOnline ? $"{live} of {now.Books.Count} books are live; half of them are needed. Wait for their snapshots."
            : $"{string.Join(", ", now.Venues.Where(venue => venue.State != "online").Select(venue => $"{venue.Venue.Name} is {venue.State}"))}; wait until it is online."));
    }
}

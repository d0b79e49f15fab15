using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parallax.Dashboard.Live;
using Parallax.Domain;
using Parallax.MarketData.Books;

namespace Parallax.Dashboard.Health;

/// <summary>Whether the process lives, and whether the session does its work: for supervisors, so without the token and without figures.</summary>
internal static class HealthRoutes
{
    /// <summary>A running session makes a picture of itself several times a second.</summary>
    private const long SnapshotAgeMax = 5 * UtcNanos.PerSecond;

    /// <summary>What the store may be behind the journal: some seconds of a busy session.</summary>
    private const long StoreLagMax = 50_000;

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Ok(new HealthAnswer("live", []))).ExcludeFromDescription();
        foreach (var path in new[] { "/health", "/health/ready" })
        {
            routes.MapGet(path, (DeskFeed feed) =>
            {
                var missing = Missing(feed.Look()).ToList();
                return TypedResults.Json(
                    new HealthAnswer(missing.Count == 0 ? "ready" : "not-ready", missing),
                    statusCode: missing.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
            }).ExcludeFromDescription();
        }
    }

    private static IEnumerable<string> Missing(DeskView view)
    {
        if (view.SessionAge > SnapshotAgeMax)
        {
            yield return "the engine has not been heard for some seconds";
        }

        var live = view.Session.Books.Count(book => book.State == BookState.Live);
        if (view.Session.Books.Count == 0 || live * 2 < view.Session.Books.Count)
        {
            yield return $"{live} of {view.Session.Books.Count} books are live";
        }

        if (view.Store is null || view.StoreTrouble is not null)
        {
            yield return "the store does not answer";
        }
        else if (view.StoreLag > StoreLagMax)
        {
            yield return $"the store is {view.StoreLag} records behind the journal";
        }
    }
}

/// <param name="Missing">What is not as it should be, one sentence each.</param>
public sealed record HealthAnswer(string Status, IReadOnlyList<string> Missing);

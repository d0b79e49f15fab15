using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Parallax.Dashboard.Access;
using Parallax.Dashboard.Api;
using Parallax.Dashboard.Desk;
using Parallax.Dashboard.Explain;
using Parallax.Storage.Queries;

namespace Parallax.Dashboard.Live;

/// <summary>The pages people see, and the stream that keeps them true.</summary>
internal static class PageRoutes
{
    private const string Html = "text/html; charset=utf-8";

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").RequireAuthorization(AccessPolicies.Read).ExcludeFromDescription();
        pages.MapGet("/", async (HttpContext context, DeskFeed feed, Rendering rendering) =>
            Results.Content(await rendering.HtmlAsync<DeskPage>(Parameters(context, feed)), Html));
        pages.MapGet("/risk", async (HttpContext context, DeskFeed feed, Rendering rendering) =>
            Results.Content(await rendering.HtmlAsync<RiskPage>(Parameters(context, feed)), Html));
        pages.MapGet("/settings", async (HttpContext context, DeskFeed feed, Rendering rendering, DashboardOptions options, CancellationToken cancellation) =>
        {
            var parameters = Parameters(context, feed);
            parameters["Settings"] = options.Tuning is { } tuned ? await tuned.ReadAsync(cancellation) : null;
            return Results.Content(await rendering.HtmlAsync<SettingsPage>(parameters), Html);
        });
        pages.MapGet("/plans/{id}", async (string id, HttpContext context, DeskFeed feed, Rendering rendering, PlanStories stories, CancellationToken cancellation) =>
        {
            var parameters = Parameters(context, feed);
            var told = PlanKey.TryParse(id, out var key) ? await stories.TellAsync(key, cancellation) : null;
            parameters["Id"] = id;
            parameters["Told"] = told;
            return Results.Content(await rendering.HtmlAsync<PlanPage>(parameters), Html, statusCode: told is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
        });
        pages.MapGet("/events", (HttpContext context, DeskFeed feed, IHostApplicationLifetime life) =>
            feed.Join(context.Abort) is { } client
                ? TypedResults.ServerSentEvents(Events(context, client, feed, life))
                : Problems.Result(StatusCodes.Status503ServiceUnavailable, "too-many-pages", $"At most {DeskFeed.ClientsMax} pages may be open at once."));
    }

    private static Dictionary<string, object?> Parameters(HttpContext context, DeskFeed feed) => new()
    {
        ["View"] = feed.Look(),
        ["IsOperator"] = context.User.Identity?.IsAuthenticated ?? false,
    };

    private static async IAsyncEnumerable<SseItem<string>> Events(
        HttpContext context, DeskClient client, DeskFeed feed, IHostApplicationLifetime life, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, context.RequestAborted, life.ApplicationStopping);
        try
        {
            await using var batches = client.ReadAsync(end.Token).GetAsyncEnumerator(end.Token);
            while (await NextAsync(batches))
            {
                foreach (var item in batches.Current)
                {
                    yield return item;
                }
            }
        }
        finally
        {
            feed.Leave(client);
            client.Dispose();
        }
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<IReadOnlyList<SseItem<string>>> batches)
    {
        try
        {
            return await batches.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the host ends: nothing is wrong.
            return false;
        }
    }
}

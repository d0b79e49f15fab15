using System.ComponentModel;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Parallax.Dashboard.Api.Answers;
using Parallax.Dashboard.Live;
using Parallax.Domain;
using Parallax.Storage.Queries;

namespace Parallax.Dashboard.Api;

/// <summary>What happened: straight from the store.</summary>
internal static class HistoryRoutes
{
    public static void MapHistory(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/opportunities", OpportunitiesAsync).WithName("opportunities").WithSummary("Opportunities, newest first.")
            .Produces<PageAnswer<OpportunityAnswer>>().ProducesProblem(StatusCodes.Status400BadRequest);
        routes.MapGet("/refusals", RefusalsAsync).WithName("refusals").WithSummary("Refusals of opportunities that became no plan, newest first, with what their plans would have made.")
            .Produces<ItemsAnswer<RefusalAnswer>>().ProducesProblem(StatusCodes.Status400BadRequest);
        routes.MapGet("/plans", PlansAsync).WithName("plans").WithSummary("Plans, newest first.")
            .Produces<PageAnswer<PlanAnswer>>().ProducesProblem(StatusCodes.Status400BadRequest);
        routes.MapGet("/plans/{id}", PlanAsync).WithName("plan").WithSummary("One plan with its orders, fills and postings.")
            .Produces<PlanDetailAnswer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/chart", Chart).WithName("chart").WithSummary("Realised equity, drawdown and opportunities of today on one time axis.");
        routes.MapGet("/chart.csv", ChartCsv).WithName("chart-csv").WithSummary("The same as comma-separated values.").Produces<string>(contentType: "text/csv");
    }

    private static async Task<IResult> OpportunitiesAsync(
        IStoreReader store,
        CancellationToken cancellation,
        [Description("1 to 1,000 rows; 100 by default.")] int limit = 100,
        [Description("Only rows whose sequence is lower: next_before of the page before.")] long? before = null,
        [Description("Only this session.")] int? session = null) =>
        Wrong(limit) ?? TypedResults.Ok(PageAnswer<OpportunityAnswer>.Of(
            await store.OpportunitiesAsync(new Page(limit, before, session), cancellation), limit, OpportunityAnswer.Of, row => row.Sequence));

    private static async Task<IResult> PlansAsync(
        IStoreReader store,
        CancellationToken cancellation,
        [Description("1 to 1,000 rows; 100 by default.")] int limit = 100,
        [Description("Only rows whose sequence is lower: next_before of the page before.")] long? before = null,
        [Description("Only this session.")] int? session = null,
        [Description("Only plans that run.")] bool open = false) =>
        Wrong(limit) ?? TypedResults.Ok(PageAnswer<PlanAnswer>.Of(
            await store.PlansAsync(new Page(limit, before, session), open, cancellation), limit, PlanAnswer.Of, row => row.Sequence));

    private static async Task<IResult> RefusalsAsync(
        IStoreReader store,
        CancellationToken cancellation,
        [Description("1 to 1,000 rows; 100 by default.")] int limit = 100,
        [Description("Only refusals of opportunities since this time, ISO 8601 in UTC; all by default.")] string? since = null) =>
        Wrong(limit)
            ?? (since is not null && !UtcNanos.TryParse(since, out _)
                ? Problems.Result(StatusCodes.Status400BadRequest, "bad-time", $"since is a time in UTC such as 2026-11-21T12:00:00Z; found '{since}'.")
                : TypedResults.Ok(new ItemsAnswer<RefusalAnswer>(
                    [.. (await store.RefusalsAsync(since is not null && UtcNanos.TryParse(since, out var from) ? from.Value : 0, limit, cancellation)).Select(RefusalAnswer.Of)])));

    private static async Task<IResult> PlanAsync([Description("Session and number: 3-17.")] string id, IStoreReader store, CancellationToken cancellation)
    {
        if (!PlanKey.TryParse(id, out var key))
        {
            return Problems.Result(StatusCodes.Status400BadRequest, "bad-plan-id", $"A plan is named by session and number, such as 3-17; found '{id}'.");
        }

        return await store.PlanAsync(key, cancellation) is not { } plan
            ? Problems.Result(StatusCodes.Status404NotFound, "no-such-plan", $"There is no plan {key}, or it has not reached the store yet.")
            : TypedResults.Ok(new PlanDetailAnswer(
                PlanAnswer.Of(plan),
                [.. (await store.OrdersAsync(key, cancellation)).Select(OrderAnswer.Of)],
                [.. (await store.FillsAsync(key, cancellation)).Select(FillAnswer.Of)],
                [.. (await store.PostingsAsync(key, cancellation)).Select(PostingAnswer.Of)]));
    }

    private static Ok<ChartAnswer> Chart(DeskFeed feed) => TypedResults.Ok(EquityChart.Of(feed.Look()));

    private static ContentHttpResult ChartCsv(DeskFeed feed)
    {
        var chart = EquityChart.Of(feed.Look());
        var csv = new StringBuilder($"time,equity_{chart.Asset},drawdown_{chart.Asset},opportunities_per_minute\r\n");
        foreach (var point in chart.Points)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{point.Time},{Decimals.Plain(point.Equity)},{Decimals.Plain(point.Drawdown)},{point.OpportunitiesPerMinute}\r\n");
        }

        return TypedResults.Text(csv.ToString(), "text/csv; charset=utf-8");
    }

    private static IResult? Wrong(int limit) =>
        limit is >= 1 and <= 1_000 ? null : Problems.Result(StatusCodes.Status400BadRequest, "bad-limit", $"limit is 1 to 1,000; found {limit}.");
}

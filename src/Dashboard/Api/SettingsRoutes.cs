using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Parallax.Dashboard.Access;
using Parallax.Dashboard.Api.Answers;
using Parallax.Reporting.Sessions;

namespace Parallax.Dashboard.Api;

/// <summary>The settings of the running session: read, and changed as a whole against the version that was read.</summary>
internal static class SettingsRoutes
{
    public static void MapSettings(this IEndpointRouteBuilder routes, ITunedSession? tuned, OnceOnly once)
    {
        routes.MapGet("/settings", async (CancellationToken cancellation) => tuned is null ? Fixed() : TypedResults.Ok(SettingsListAnswer.Of(await tuned.ReadAsync(cancellation))))
            .WithName("settings").WithSummary("The settings that may change while the session runs, with their version.")
            .Produces<SettingsListAnswer>().ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapPut("/settings", async (SettingsRequest? request, HttpContext context) =>
            tuned is null ? Fixed()
                : ControlRoutes.Refused(context, request?.Reason, request?.By, out var reason, out var who)
                    ?? Result(await ChangeAsync(tuned, request!, request!.Values ?? [], reason, who)))
            .RequireAuthorization(AccessPolicies.Operate).AddEndpointFilter(once.FilterAsync)
            .Described("change-settings", "Changes limits and execution settings of the running session: all of them or none, and only of the version that was read.")
            .Produces<SettingsChangedAnswer>();
        routes.MapPost("/settings/rollback", async (RollbackRequest? request, HttpContext context) =>
            tuned is null ? Fixed()
                : ControlRoutes.Refused(context, request?.Reason, request?.By, out var reason, out var who)
                    ?? (await tuned.ValuesOfAsync(request!.To, CancellationToken.None) is { } values
                        ? Result(await ChangeAsync(tuned, new SettingsRequest(request.Version, null, null, null, request.Keep), values, reason, who))
                        : Problems.Result(StatusCodes.Status400BadRequest, "bad-version", $"Version {request.To} is none that the settings of this session can go back to.")))
            .RequireAuthorization(AccessPolicies.Operate).AddEndpointFilter(once.FilterAsync)
            .Described("roll-back-settings", "Changes the settings of the running session back to those of an earlier version of it.")
            .Produces<SettingsChangedAnswer>();
    }

    private static Task<SettingsAnswer> ChangeAsync(
        ITunedSession tuned, SettingsRequest request, IReadOnlyDictionary<string, string> values, string reason, string who) => request.Keep
        ? tuned.KeepAsync(request.Version, values, reason, who, CancellationToken.None)
        : tuned.ChangeAsync(request.Version, values, reason, who, CancellationToken.None);

    private static IResult Fixed() => Problems.Result(StatusCodes.Status409Conflict, "not-done", "The settings of this session do not change while it runs.");

    private static IResult Result(SettingsAnswer answer) => answer.Outcome switch
    {
        SettingsOutcome.Done => TypedResults.Ok(new SettingsChangedAnswer(answer.Version, answer.Sentence, [.. answer.Differences.Select(SettingDifferenceAnswer.Of)])),
        SettingsOutcome.Wrong => Problems.Result(StatusCodes.Status400BadRequest, "bad-setting", answer.Sentence),
        SettingsOutcome.Stale => Conflict(answer, "stale-version"),
        SettingsOutcome.NotKept => Conflict(answer, "not-kept"),
        _ => Problems.Result(StatusCodes.Status409Conflict, "not-done", answer.Sentence),
    };

    private static ProblemHttpResult Conflict(SettingsAnswer answer, string code) => TypedResults.Problem(new ProblemDetails
    {
        Type = "about:blank",
        Status = StatusCodes.Status409Conflict,
        Detail = answer.Sentence,
        Extensions =
        {
            ["code"] = code,
            ["version"] = answer.Version,
            ["differences"] = answer.Differences.Select(SettingDifferenceAnswer.Of).ToArray(),
        },
    });
}

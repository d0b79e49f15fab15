using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parallax.Dashboard.Access;
using Parallax.Dashboard.Api.Answers;
using Parallax.Reporting.Sessions;

namespace Parallax.Dashboard.Api;

/// <summary>What changes the session. All of it needs the operator's token and comes from our own pages or from programs.</summary>
/// <remarks>What was asked for is done to its end, whether or not the asker waits for the answer.</remarks>
internal static class ControlRoutes
{
    private const int ReasonMax = 200;

    private static readonly OperatorAnswer NotReal = new(false, "Orders of this session are not real: there is nothing to arm.");

    public static void MapControl(this IEndpointRouteBuilder routes, DashboardOptions options, OnceOnly once)
    {
        var control = routes.MapGroup("/control").RequireAuthorization(AccessPolicies.Operate).AddEndpointFilter(once.FilterAsync);
        Map(control, "kill", "Stops the opening of plans. Answers once the journal holds it.", (session, reason, who) => session.KillAsync(reason, who, CancellationToken.None));
        Map(control, "disarm", "Lets a session with real orders open no plan any more; open ones are finished.", (_, reason, who) =>
            options.Arming is { } arming ? arming.DisarmAsync(reason, who, CancellationToken.None) : Task.FromResult(NotReal));
        control.MapArm(options.Arming);
        Map(control, "resume", "Lets plans be opened again. A halt by the engine's own check is not lifted by it.", (session, reason, who) => session.ResumeAsync(reason, who, CancellationToken.None));
        Map(control, "reset-risk", "Accepts the losses so far: a halt or a restriction by them ends, and day, peak and streak begin anew.", (session, reason, who) => session.ResetRiskAsync(reason, who, CancellationToken.None));
        control.MapActions();
    }

    /// <summary>What every command may answer, for the API's description.</summary>
    public static RouteHandlerBuilder Described(this RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name).WithSummary(summary)
        .WithDescription($"With the header {OnceOnly.Header} a request that comes twice has one effect and one answer.")
        .Produces<ControlAnswer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    /// <summary>Has an action done, when reason and caller are such as the journal keeps.</summary>
    public static async Task<IResult> ActAsync(HttpContext context, IOperatedSession session, string? reason, string? by, OperatorAction action) =>
        Refused(context, reason, by, out var why, out var who) ?? Result(await session.ActAsync(action, why, who, CancellationToken.None), session);

    /// <returns>Null when reason and caller are such as the journal keeps.</returns>
    public static IResult? Refused(HttpContext context, string? given, string? by, out string reason, out string who)
    {
        reason = given?.Trim() ?? "";
        who = Who(context, by) ?? "";
        return reason.Length is 0 or > ReasonMax || reason.Any(char.IsControl)
                ? Problems.Result(StatusCodes.Status400BadRequest, "bad-reason", $"A reason is one line of 1 to {ReasonMax} characters; found {reason.Length}.")
            : who.Length == 0 ? Problems.Result(StatusCodes.Status400BadRequest, "bad-caller", "'by' is cli or left out.")
            : null;
    }

    private static void Map(RouteGroupBuilder control, string name, string summary, Func<IOperatedSession, string, string, Task<OperatorAnswer>> act) =>
        control.MapPost(name, async (ControlRequest? request, HttpContext context, IOperatedSession session) =>
            Refused(context, request?.Reason, request?.By, out var reason, out var who) ?? Result(await act(session, reason, who), session))
        .Described(name, summary);

    private static void MapArm(this RouteGroupBuilder control, IArmedSession? arming)
    {
        control.MapPost("arm", async (ArmRequest? request, HttpContext context, IOperatedSession session) =>
        {
            if (Refused(context, request?.Reason, request?.By, out var reason, out var who) is { } refused)
            {
                return refused;
            }

            var asked = new ArmingRequest(TimeSpan.FromSeconds(request!.ForSeconds), request.LossMax, request.Confirmation ?? "", reason);
            return Result(arming is null ? NotReal : await arming.ArmAsync(asked, who, CancellationToken.None), session);
        })
        .Described("arm", "Lets a session send real orders, for a time and up to a loss, when every check passes and the confirmation was typed.");
        control.MapGet("checklist", async (CancellationToken cancellation) => TypedResults.Ok(
            new ChecklistAnswer(arming is not null, arming is null ? [] : [.. (await arming.CheckAsync(cancellation)).Select(CheckAnswer.Of)])))
        .WithName("checklist").WithSummary("What has to be true before the session may be armed, looked at now.");
    }

    private static IResult Result(OperatorAnswer answer, IOperatedSession session) =>
        answer.IsDone ? TypedResults.Ok(new ControlAnswer(session.Current.State.ToString().ToLowerInvariant(), answer.Sentence))
        : answer.IsUnknown ? Problems.Result(StatusCodes.Status404NotFound, "no-such-thing", answer.Sentence)
        : Problems.Result(StatusCodes.Status409Conflict, "not-done", answer.Sentence);

    /// <summary>The name the journal keeps: one of three, never a text of the caller's.</summary>
    private static string? Who(HttpContext context, string? by) => (TokenHandler.IsPage(context.User), by) switch
    {
        (true, null) => "page",
        (false, null) => "api",
        (false, "cli") => "cli",
        _ => null,
    };
}

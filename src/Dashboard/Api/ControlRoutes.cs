using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parallax.Dashboard.Access;
using Parallax.Dashboard.Api.Answers;
using Parallax.Reporting.Sessions;

namespace Parallax.Dashboard.Api;

/// <summary>What changes the session. All of it needs the operator's token and comes from our own pages or from programs.</summary>
internal static class ControlRoutes
{
    private const int ReasonMax = 200;

    private static readonly OperatorAnswer NotReal = new(false, "Orders of this session are not real: there is nothing to arm.");

    public static void MapControl(this IEndpointRouteBuilder routes, DashboardOptions options)
    {
        var control = routes.MapGroup("/control").RequireAuthorization(AccessPolicies.Operate);
        Map(control, "kill", "Stops the opening of plans. Answers once the journal holds it.", (session, reason, who, cancellation) => session.KillAsync(reason, who, cancellation));
        Map(control, "disarm", "Lets a session with real orders open no plan any more; open ones are finished.", (session, reason, who, cancellation) =>
            options.Arming is { } arming ? arming.DisarmAsync(reason, who, cancellation) : Task.FromResult(NotReal));
        control.MapArm(options.Arming);
        Map(control, "resume", "Lets plans be opened again. A halt by the engine's own check is not lifted by it.", (session, reason, who, cancellation) => session.ResumeAsync(reason, who, cancellation));
        Map(control, "reset-risk", "Accepts the losses so far: a halt or a restriction by them ends, and day, peak and streak begin anew.", (session, reason, who, cancellation) => session.ResetRiskAsync(reason, who, cancellation));
    }

    private static void Map(RouteGroupBuilder control, string name, string summary, Func<IOperatedSession, string, string, CancellationToken, Task<OperatorAnswer>> act) =>
        control.MapPost(name, async (ControlRequest? request, HttpContext context, IOperatedSession session, CancellationToken cancellation) =>
        {
            if (Refused(context, request?.Reason, request?.By, out var reason, out var who) is { } refused)
            {
                return refused;
            }

            return Result(await act(session, reason, who, cancellation), session);
        })
        .WithName(name).WithSummary(summary)
        .Produces<ControlAnswer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);

    private static void MapArm(this RouteGroupBuilder control, IArmedSession? arming)
    {
        control.MapPost("arm", async (ArmRequest? request, HttpContext context, IOperatedSession session, CancellationToken cancellation) =>
        {
            if (Refused(context, request?.Reason, request?.By, out var reason, out var who) is { } refused)
            {
                return refused;
            }

            var asked = new ArmingRequest(TimeSpan.FromSeconds(request!.ForSeconds), request.LossMax, request.Confirmation ?? "", reason);
            return Result(arming is null ? NotReal : await arming.ArmAsync(asked, who, cancellation), session);
        })
        .WithName("arm").WithSummary("Lets a session send real orders, for a time and up to a loss, when every check passes and the confirmation was typed.")
        .Produces<ControlAnswer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        control.MapGet("checklist", async (CancellationToken cancellation) => TypedResults.Ok(
            new ChecklistAnswer(arming is not null, arming is null ? [] : [.. (await arming.CheckAsync(cancellation)).Select(CheckAnswer.Of)])))
        .WithName("checklist").WithSummary("What has to be true before the session may be armed, looked at now.");
    }

    private static IResult Result(OperatorAnswer answer, IOperatedSession session) => answer.IsDone
        ? TypedResults.Ok(new ControlAnswer(session.Current.State.ToString().ToLowerInvariant(), answer.Sentence))
        : Problems.Result(StatusCodes.Status409Conflict, "not-done", answer.Sentence);

    /// <returns>Null when reason and caller are such as the journal keeps.</returns>
    private static IResult? Refused(HttpContext context, string? given, string? by, out string reason, out string who)
    {
        reason = given?.Trim() ?? "";
        who = Who(context, by) ?? "";
        return reason.Length is 0 or > ReasonMax || reason.Any(char.IsControl)
                ? Problems.Result(StatusCodes.Status400BadRequest, "bad-reason", $"A reason is one line of 1 to {ReasonMax} characters; found {reason.Length}.")
            : who.Length == 0 ? Problems.Result(StatusCodes.Status400BadRequest, "bad-caller", "'by' is cli or left out.")
            : null;
    }

    /// <summary>The name the journal keeps: one of three, never a text of the caller's.</summary>
    private static string? Who(HttpContext context, string? by) => (TokenHandler.IsPage(context.User), by) switch
    {
        (true, null) => "page",
        (false, null) => "api",
        (false, "cli") => "cli",
        _ => null,
    };
}

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

    public static void MapControl(this IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup("/control").RequireAuthorization(AccessPolicies.Operate);
        Map(control, "kill", "Stops the opening of plans. Answers once the journal holds it.", (session, reason, who, cancellation) => session.KillAsync(reason, who, cancellation));
        Map(control, "resume", "Lets plans be opened again. A halt by the engine's own check is not lifted by it.", (session, reason, who, cancellation) => session.ResumeAsync(reason, who, cancellation));
        Map(control, "reset-risk", "Accepts the losses so far: a halt or a restriction by them ends, and day, peak and streak begin anew.", (session, reason, who, cancellation) => session.ResetRiskAsync(reason, who, cancellation));
    }

    private static void Map(RouteGroupBuilder control, string name, string summary, Func<IOperatedSession, string, string, CancellationToken, Task<OperatorAnswer>> act) =>
        control.MapPost(name, async (ControlRequest? request, HttpContext context, IOperatedSession session, CancellationToken cancellation) =>
        {
            var reason = request?.Reason?.Trim() ?? "";
            if (reason.Length is 0 or > ReasonMax || reason.Any(char.IsControl))
            {
                return Problems.Result(StatusCodes.Status400BadRequest, "bad-reason", $"A reason is one line of 1 to {ReasonMax} characters; found {reason.Length}.");
            }

            if (Who(context, request!) is not { } who)
            {
                return Problems.Result(StatusCodes.Status400BadRequest, "bad-caller", "'by' is cli or left out.");
            }

            var answer = await act(session, reason, who, cancellation);
            return answer.IsDone
                ? TypedResults.Ok(new ControlAnswer(session.Current.State.ToString().ToLowerInvariant(), answer.Sentence))
                : Problems.Result(StatusCodes.Status409Conflict, "not-done", answer.Sentence);
        })
        .WithName(name).WithSummary(summary)
        .Produces<ControlAnswer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);

    /// <summary>The name the journal keeps: one of three, never a text of the caller's.</summary>
    private static string? Who(HttpContext context, ControlRequest request) => (TokenHandler.IsPage(context.User), request.By) switch
    {
        (true, null) => "page",
        (false, null) => "api",
        (false, "cli") => "cli",
        _ => null,
    };
}

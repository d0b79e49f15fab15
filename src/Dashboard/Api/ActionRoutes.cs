using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parallax.Dashboard.Api.Answers;
using Parallax.Domain;
using Parallax.Reporting.Sessions;

namespace Parallax.Dashboard.Api;

/// <summary>What an operator decides about residuals, balances and breakers, and the lists of what there is to decide.</summary>
internal static class ActionRoutes
{
    public static void MapAttention(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/residuals", (IOperatedSession session) => TypedResults.Ok(ResidualsAnswer.Of(session.Current))).WithName("residuals").WithSummary("What plans left behind, with age and worth.");
        routes.MapGet("/differences", (IOperatedSession session) => TypedResults.Ok(DifferencesAnswer.Of(session.Current))).WithName("differences").WithSummary("Balances on which a venue and the ledger disagree.");
        routes.MapGet("/breakers", (IOperatedSession session) => TypedResults.Ok(BreakersAnswer.Of(session.Current))).WithName("breakers").WithSummary("Every circuit breaker with its state and its pause.");
        routes.MapGet("/estimates", (IOperatedSession session) => TypedResults.Ok(EstimatesAnswer.Of(session.Current))).WithName("estimates").WithSummary("What is expected of routes, and how well it was met.");
    }

    /// <param name="control">Authorized, and its posts kept from having two effects.</param>
    public static void MapActions(this RouteGroupBuilder control)
    {
        control.MapPost("/residuals/{number:int}/work-off", (int number, ResidualRequest? request, HttpContext context, IOperatedSession session) =>
            ControlRoutes.ActAsync(context, session, request?.Reason, request?.By, new OperatorAction.WorkOffResidual(number, request?.Confirmation ?? "")))
            .Described("work-off-residual", "Trades a residual home on the book of this moment, whatever it pays.");
        control.MapPost("/residuals/{number:int}/write-off", (int number, ResidualRequest? request, HttpContext context, IOperatedSession session) =>
            ControlRoutes.ActAsync(context, session, request?.Reason, request?.By, new OperatorAction.WriteOffResidual(number, request?.Confirmation ?? "")))
            .Described("write-off-residual", "Keeps a residual as inventory and lists it no more.");
        control.MapPost("/accept-balance", (AcceptBalanceRequest? request, HttpContext context, IOperatedSession session) =>
            ReadHolding(request, out var asset, out var venue) is { } wrong ? Task.FromResult(wrong)
                : ControlRoutes.ActAsync(context, session, request?.Reason, request?.By, new OperatorAction.AcceptBalance(asset, venue, request?.Confirmation ?? "")))
            .Described("accept-balance", "Takes the venue's word for a balance that differs; the difference is booked.");
        foreach (var (name, isTrip, summary) in new[]
        {
            ("trip", true, "Opens a circuit breaker for its pause: no plan is opened on its way."),
            ("reset", false, "Closes a circuit breaker."),
        })
        {
            control.MapPost($"/breakers/{name}", (BreakerRequest? request, HttpContext context, IOperatedSession session) =>
                ControlRoutes.ActAsync(context, session, request?.Reason, request?.By, new OperatorAction.SwitchBreaker(request?.Breaker?.Trim() ?? "", isTrip)))
                .Described($"{name}-breaker", summary);
        }
    }

    private static IResult? ReadHolding(AcceptBalanceRequest? request, out Asset asset, out VenueId? venue)
    {
        (asset, venue) = (default, null);
        var code = request?.Asset?.Trim() ?? "";
        if (!Asset.IsCode(code))
        {
            return Problems.Result(StatusCodes.Status400BadRequest, "bad-asset", $"An asset is named by its code, such as BTC; found '{code}'.");
        }

        asset = new Asset(code);
        try
        {
            venue = string.IsNullOrWhiteSpace(request!.Venue) ? null : new VenueId(request.Venue.Trim());
            return null;
        }
        catch (ArgumentException)
        {
            return Problems.Result(StatusCodes.Status400BadRequest, "bad-venue", "A venue is named as in the list, such as kraken.");
        }
    }
}

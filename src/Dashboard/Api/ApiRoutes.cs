using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Parallax.Dashboard.Access;
using Parallax.Dashboard.Api.Answers;
using Parallax.Dashboard.Live;
using Parallax.Domain;
using Parallax.Reporting.Sessions;

namespace Parallax.Dashboard.Api;

/// <summary>The JSON API, version 1, and its description.</summary>
internal static class ApiRoutes
{
    public static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
        services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "Parallax",
                    Version = "1",
                    Description = "Amounts are decimal strings, exact. Times are ISO 8601 in UTC with nanoseconds, durations whole nanoseconds. "
                        + "Errors are application/problem+json with a stable code.",
                };
                // The address is whatever the caller used.
                document.Servers?.Clear();
                return Task.CompletedTask;
            });
            options.AddSchemaTransformer((schema, context, _) =>
            {
                var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
                var isOptional = type != context.JsonTypeInfo.Type;
                if (type == typeof(decimal) || type == typeof(UtcNanos))
                {
                    schema.Type = isOptional ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
                    schema.Format = type == typeof(decimal) ? "decimal" : "date-time";
                    schema.Pattern = null;
                    schema.Properties?.Clear();
                }

                return Task.CompletedTask;
            });
        });
    }

    public static void MapApi(this IEndpointRouteBuilder routes, DashboardOptions options)
    {
        routes.MapOpenApi().RequireAuthorization(AccessPolicies.Read);
        var api = routes.MapGroup("/api/v1").RequireAuthorization(AccessPolicies.Read).AddEndpointFilter(StoreTroubleAsync);
        var now = api.MapGroup("").WithTags("now");
        now.MapGet("/status", (DeskFeed feed) => TypedResults.Ok(StatusAnswer.Of(feed.Look()))).WithName("status").WithSummary("How the session is now, with the figures of today.");
        now.MapGet("/balances", (IOperatedSession session) => TypedResults.Ok(BalancesAnswer.Of(session.Current))).WithName("balances").WithSummary("What is owned now.");
        now.MapGet("/alerts", (DeskFeed feed) => TypedResults.Ok(feed.Look().Alerts)).WithName("alerts").WithSummary("How the channels do by which people are told of what happens.");
        now.MapGet("/limits", (IOperatedSession session) => TypedResults.Ok(LimitsAnswer.Of(session.Current))).WithName("limits").WithSummary("Every limit with its value, its threshold and what resets it.");
        now.MapGet("/books", (IOperatedSession session) => TypedResults.Ok(BooksAnswer.Of(session.Current))).WithName("books").WithSummary("The tops of all books now.");
        now.MapAttention();
        api.MapGroup("").WithTags("history").MapHistory();
        var once = new OnceOnly();
        api.MapGroup("").WithTags("control").MapControl(options, once);
        api.MapGroup("").WithTags("settings").MapSettings(options.Tuning, once);
    }

    private static async ValueTask<object?> StoreTroubleAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (DbException failure)
        {
            return Problems.Result(StatusCodes.Status503ServiceUnavailable, "store-unavailable", $"The store did not answer: {failure.Message}");
        }
    }
}

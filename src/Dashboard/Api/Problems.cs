using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Parallax.Dashboard.Api;

/// <summary>Errors as <c>application/problem+json</c> (RFC 9457). The code is stable; the detail is for people.</summary>
public static class Problems
{
    public static IResult Result(int status, string code, string detail) => TypedResults.Problem(Of(status, code, detail));

    public static Task Write(HttpContext context, int status, string code, string detail) => Result(status, code, detail).ExecuteAsync(context);

    /// <summary>Gives a code to problems that the framework found: an address that leads nowhere, a number that is none.</summary>
    public static void Name(ProblemDetailsOptions options) => options.CustomizeProblemDetails = context =>
        context.ProblemDetails.Extensions.TryAdd("code", context.ProblemDetails.Status switch
        {
            StatusCodes.Status400BadRequest => "bad-request",
            StatusCodes.Status404NotFound => "not-found",
            StatusCodes.Status405MethodNotAllowed => "wrong-method",
            StatusCodes.Status415UnsupportedMediaType => "wrong-content-type",
            _ => "internal",
        });

    private static ProblemDetails Of(int status, string code, string detail) => new()
    {
        Type = "about:blank",
        Status = status,
        Detail = detail,
        Extensions = { ["code"] = code },
    };
}

using System.Net;
using Microsoft.AspNetCore.Http;
using Parallax.Dashboard.Api;

namespace Parallax.Dashboard.Access;

/// <summary>Refuses what a foreign web page could make a browser send here: other host names, and state changes that come from another site.</summary>
/// <remarks>
/// A name that an attacker points at 127.0.0.1 (DNS rebinding) arrives with that name in the Host header. A form or script of another site
/// arrives with <c>Sec-Fetch-Site</c> or a foreign <c>Origin</c>; programs send neither.
/// </remarks>
public sealed class RequestGuard(RequestDelegate next, DashboardOptions options, OperatorToken token)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!IsOurName(request.Host.Host))
        {
            await Problems.Write(context, StatusCodes.Status421MisdirectedRequest, "unknown-host", $"This server does not answer for the name '{request.Host.Host}'.");
        }
        else if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && IsForeign(request))
        {
            await Problems.Write(context, StatusCodes.Status403Forbidden, "cross-site", "A page of another site may not change anything here.");
        }
        else if (HttpMethods.IsGet(request.Method) && request.Query["token"].ToString() is { Length: > 0 } shown)
        {
            TakeToken(context, shown);
        }
        else
        {
            await next(context);
        }
    }

    private bool IsOurName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && (IPAddress.IsLoopback(address) || !IPAddress.IsLoopback(options.Address)))
        || options.HostNames.Contains(host, StringComparer.OrdinalIgnoreCase);

    private static bool IsForeign(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
        {
            return site is not ("same-origin" or "none");
        }

        return request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Swaps the token in the address for a cookie, and leads to the same page without it: it stays out of the history and of what is passed on.</summary>
    private void TakeToken(HttpContext context, string shown)
    {
        if (token.Is(shown))
        {
            context.Response.Cookies.Append(token.CookieName, token.CookieValue, new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Secure = context.Request.IsHttps,
                Path = "/",
            });
        }

        var rest = context.Request.Query.Where(pair => pair.Key != "token").SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
        // One leading slash: "//name" would lead to another host.
        context.Response.Redirect("/" + context.Request.Path.Value?.TrimStart('/') + QueryString.Create(rest).Value);
    }
}

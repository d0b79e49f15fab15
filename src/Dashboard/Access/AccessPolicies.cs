using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parallax.Dashboard.Api;

namespace Parallax.Dashboard.Access;

/// <summary>Who may read and who may operate: the one place where accounts and roles will come in.</summary>
public static class AccessPolicies
{
    /// <summary>Pages, API and metrics. Open on the loopback; elsewhere it needs the operator's token.</summary>
    public const string Read = "read";

    /// <summary>Whatever changes the session's state.</summary>
    public const string Operate = "operate";

    internal const string Scheme = "token";

    public static void AddAccess(this IServiceCollection services, OperatorToken token, IPAddress address)
    {
        services.AddSingleton(token);
        services.AddAuthentication(Scheme).AddScheme<AuthenticationSchemeOptions, TokenHandler>(Scheme, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Operate, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Read, policy =>
            {
                if (IPAddress.IsLoopback(address))
                {
                    policy.RequireAssertion(_ => true);
                }
                else
                {
                    policy.RequireAuthenticatedUser();
                }
            });
    }
}

/// <summary>Recognises the operator by bearer token or by the page's cookie.</summary>
internal sealed class TokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, OperatorToken token)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    private const string Bearer = "Bearer ";
    private const string Page = "page";

    /// <summary>Whether a request was recognised by the cookie of one of our pages; a program shows the token itself.</summary>
    public static bool IsPage(ClaimsPrincipal user) => user.HasClaim(ClaimTypes.AuthenticationMethod, Page);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(token.Is(header[Bearer.Length..].Trim()) ? Operator("token") : AuthenticateResult.Fail("The token is not this session's."));
        }

        return Task.FromResult(token.IsCookie(Request.Cookies[token.CookieName]) ? Operator(Page) : AuthenticateResult.NoResult());
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Write(Context, StatusCodes.Status401Unauthorized, "token-needed", "This needs the token that was printed when the session started: send it as 'Authorization: Bearer …', or open the address with the token once.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.Write(Context, StatusCodes.Status403Forbidden, "not-allowed", "This account may not do that.");

    private AuthenticateResult Operator(string method)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, "operator"), new Claim(ClaimTypes.AuthenticationMethod, method)], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }
}

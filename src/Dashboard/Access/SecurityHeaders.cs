using Microsoft.AspNetCore.Http;

namespace Parallax.Dashboard.Access;

/// <summary>What every answer carries: nothing from elsewhere, nothing inline, in no frame.</summary>
public static class SecurityHeaders
{
    /// <summary>lightweight-charts 5.2.1 adds one style element for its attribution logo: this is the hash of that text.</summary>
    private const string ChartLogoStyle = "'sha256-3pRED1tOXas1FXFoPb9TGCjmYe9XQsmO9OV23khV2nY='";

    public static readonly string ContentSecurityPolicy = string.Join("; ", [
        "default-src 'self'",
        $"style-src 'self' {ChartLogoStyle}",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]);

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        // What a session does is nobody else's; the assets say otherwise themselves.
        headers.CacheControl = "no-store";
        return next(context);
    }
}

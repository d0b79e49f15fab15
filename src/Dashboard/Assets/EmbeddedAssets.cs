using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Parallax.Dashboard.Assets;

/// <summary>Style sheet, scripts and fonts of the page: embedded in the assembly, served with their content's hash as version.</summary>
public static class EmbeddedAssets
{
    private const string Folder = "wwwroot/";
    private const string Forever = "public, max-age=31536000, immutable";

    private static readonly FrozenDictionary<string, Asset> Files = Read();

    /// <summary>The address of a file, with a version that changes when the file does.</summary>
    /// <exception cref="KeyNotFoundException">No such file is embedded.</exception>
    public static string Url(string path) => $"/assets/{path}?v={Files[path].Version}";

    public static void MapAssets(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/assets/{**path}", (string path, HttpContext context) =>
        {
            if (!Files.TryGetValue(path, out var asset))
            {
                return Results.NotFound();
            }

            // An address without version (a font named by the style sheet) is asked for again each hour, and answered with "not modified".
            context.Response.Headers.CacheControl = context.Request.Query.ContainsKey("v") ? Forever : "public, max-age=3600";
            return Results.Bytes(asset.Bytes, asset.ContentType, entityTag: new EntityTagHeaderValue($"\"{asset.Version}\""));
        }).ExcludeFromDescription();

    private static FrozenDictionary<string, Asset> Read()
    {
        var assembly = typeof(EmbeddedAssets).Assembly;
        return assembly.GetManifestResourceNames()
            .Select(name => (Name: name, Path: name.Replace('\\', '/')))
            .Where(resource => resource.Path.StartsWith(Folder, StringComparison.Ordinal))
            .ToFrozenDictionary(resource => resource.Path[Folder.Length..], resource =>
            {
                using var stream = assembly.GetManifestResourceStream(resource.Name)!;
                var bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                return new Asset(bytes, ContentType(resource.Path), Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6)));
            });
    }

    private static string ContentType(string path) => Path.GetExtension(path) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        _ => "text/plain; charset=utf-8",
    };

    private sealed record Asset(byte[] Bytes, string ContentType, string Version);
}

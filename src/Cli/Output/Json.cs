using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parallax.Cli.Output;

/// <summary>How every verb prints JSON.</summary>
public static class Json
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync(TextWriter writer, JsonNode json) => writer.WriteLineAsync(json.ToJsonString(Indented));

    public static string Line(JsonNode json) => json.ToJsonString(Compact);
}

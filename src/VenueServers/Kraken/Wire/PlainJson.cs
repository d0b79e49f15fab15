using System.Text.Encodings.Web;
using System.Text.Json;

namespace Parallax.VenueServers.Kraken.Wire;

/// <summary>JSON as the venue writes it: nothing is escaped that need not be, such as the + of a time zone.</summary>
internal static class PlainJson
{
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

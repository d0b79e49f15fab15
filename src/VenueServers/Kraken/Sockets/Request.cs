using System.Text.Json;

namespace Parallax.VenueServers.Kraken.Sockets;

/// <summary>A message of a client, taken apart as far as every method needs it.</summary>
/// <param name="Id">The client's <c>req_id</c>; <see langword="null"/> when it gave none.</param>
/// <param name="Params">Undefined when there are none.</param>
/// <param name="Time">When it was read, UTC nanoseconds.</param>
internal sealed record Request(string Method, ulong? Id, JsonElement Params, long Time)
{
    /// <returns><see langword="null"/> when the text is no request.</returns>
    public static Request? Parse(ReadOnlyMemory<byte> text, long now)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(text);
            root = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }

        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var id = root.TryGetProperty("req_id", out var given) && given.ValueKind == JsonValueKind.Number && given.TryGetUInt64(out var number)
            ? number
            : (ulong?)null;
        root.TryGetProperty("params", out var parameters);
        return new Request(method.GetString()!, id, parameters, now);
    }

    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    public bool? Flag(string name) => Find(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public int? Number(string name) => Find(name) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt32(out var value) ? value : null;

    /// <summary>A price or a quantity; a JSON number, exponents included.</summary>
    public decimal? Decimal(string name) => Find(name) is { ValueKind: JsonValueKind.Number } found && found.TryGetDecimal(out var value) ? value : null;

    /// <summary>A list of texts, or a single one.</summary>
    public IReadOnlyList<string> Texts(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.String } single => [single.GetString()!],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
        _ => [],
    };

    /// <summary>A list of whole numbers, or a single one.</summary>
    public IReadOnlyList<int> Numbers(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.Number } single when single.TryGetInt32(out var value) => [value],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Number).Select(item => item.TryGetInt32(out var value) ? value : 0)],
        _ => [],
    };

    public bool Has(string name) => Find(name) is not null;

    private JsonElement? Find(string name) => Params.ValueKind == JsonValueKind.Object && Params.TryGetProperty(name, out var found) ? found : null;
}

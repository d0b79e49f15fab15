using System.Text.Json;

namespace Parallax.VenueServers.Kraken.Rest;

/// <summary>An object with one property a row, as the venue lists orders, trades and ledger entries.</summary>
internal static class Rows
{
    /// <param name="name">Of the property that holds them; <see langword="null"/> for the object itself.</param>
    /// <param name="write">Writes one row, its name included.</param>
    public static void Write<T>(Utf8JsonWriter json, string? name, IEnumerable<T> rows, Action<Utf8JsonWriter, T> write)
    {
        if (name is null)
        {
            json.WriteStartObject();
        }
        else
        {
            json.WriteStartObject(name);
        }

        foreach (var row in rows)
        {
            write(json, row);
        }

        json.WriteEndObject();
    }
}

using System.Globalization;
using System.Text.Json;
using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Markets;
using Parallax.VenueServers.Kraken.Wire;

namespace Parallax.VenueServers.Kraken.Rest;

/// <summary>Ledger entries as Ledgers tells them. UNSURE: no recorded answer of it was at hand; names as in the venue's documents from memory.</summary>
internal static class LedgerRows
{
    public static void Write(Utf8JsonWriter json, LedgerEntry entry)
    {
        json.WriteStartObject(entry.Id);
        json.WriteString("refid", entry.ReferenceId);
        json.WriteNumber("time", Timestamps.UnixSeconds(entry.Time));
        json.WriteString("type", entry.Type);
        json.WriteString("subtype", "");
        json.WriteString("aclass", "currency");
        json.WriteString("asset", AssetNames.Of(entry.Asset).Key);
        json.WriteString("amount", Text(entry.Amount));
        json.WriteString("fee", Text(entry.Fee));
        json.WriteString("balance", Text(entry.Balance));
        json.WriteEndObject();
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}

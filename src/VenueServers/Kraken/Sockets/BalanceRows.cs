using System.Text.Json;
using Parallax.Domain;
using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Exchange;
using Parallax.VenueServers.Kraken.Wire;

namespace Parallax.VenueServers.Kraken.Sockets;

/// <summary>Rows of the <c>balances</c> channel; what open orders hold is not subtracted there.</summary>
internal static class BalanceRows
{
    public static void Snapshot(Utf8JsonWriter json, Asset asset, Funds funds)
    {
        json.WriteStartObject();
        json.WriteString("asset", asset.Code);
        json.WriteString("asset_class", "currency");
        json.WriteNumber("balance", funds.Balance);
        json.WriteStartArray("wallets");
        json.WriteStartObject();
        json.WriteString("type", "spot");
        json.WriteString("id", "main");
        json.WriteNumber("balance", funds.Balance);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Moved(Utf8JsonWriter json, LedgerEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("ledger_id", entry.Id);
        json.WriteString("ref_id", entry.ReferenceId);
        json.WriteString("timestamp", Timestamps.Rfc3339(entry.Time));
        json.WriteString("type", entry.Type);
        json.WriteString("asset", entry.Asset.Code);
        json.WriteString("asset_class", "currency");
        json.WriteString("category", entry.Type);
        json.WriteString("wallet_type", "spot");
        json.WriteString("wallet_id", "main");
        json.WriteNumber("amount", entry.Amount);
        json.WriteNumber("fee", entry.Fee);
        json.WriteNumber("balance", entry.Balance);
        json.WriteEndObject();
    }

    /// <summary>The two ledger entries of a fill, what was given first.</summary>
    public static void Traded(Utf8JsonWriter json, Fill fill, IdSource ids, long now)
    {
        var (order, instrument) = (fill.Order, fill.Order.Market.Instrument);
        var quantity = instrument.Quantity(fill.Lots);
        if (order.Side == Side.Buy)
        {
            Entry(instrument.Quote, -fill.Cost, fill.Fee);
            Entry(instrument.Base, quantity, 0.0m);
        }
        else
        {
            Entry(instrument.Base, -quantity, 0.0m);
            Entry(instrument.Quote, fill.Cost, fill.Fee);
        }

        void Entry(Asset asset, decimal amount, decimal fee)
        {
            json.WriteStartObject();
            json.WriteString("ledger_id", ids.Next('L'));
            json.WriteString("ref_id", fill.Id);
            json.WriteString("timestamp", Timestamps.Rfc3339(now));
            json.WriteString("type", "trade");
            json.WriteString("asset", asset.Code);
            json.WriteString("asset_class", "currency");
            json.WriteString("category", "trade");
            json.WriteString("wallet_type", "spot");
            json.WriteString("wallet_id", "main");
            json.WriteNumber("amount", amount);
            json.WriteNumber("fee", fee);
            json.WriteNumber("balance", order.Account.Of(asset).Balance);
            json.WriteEndObject();
        }
    }
}

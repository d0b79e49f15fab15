using System.Globalization;
using System.Text.Json;
using Parallax.Domain;
using Parallax.VenueServers.Kraken.Exchange;

namespace Parallax.VenueServers.Kraken.Rest;

/// <summary>One entry of Ticker. Zeros where there is no quote or no trade yet.</summary>
internal static class TickerRow
{
    public static void Write(Utf8JsonWriter json, Market market)
    {
        var (instrument, history) = (market.Instrument, market.History);
        json.WriteStartObject(market.Names.Key);
        Best("a", BookSide.Ask);
        Best("b", BookSide.Bid);
        var last = history.Last.Count == 0 ? default : history.Last.Last();
        Texts("c", instrument.Price(last.PriceTicks), instrument.Quantity(last.Lots));
        Texts("v", history.Volume, history.Volume);
        Texts("p", history.AveragePrice, history.AveragePrice);
        json.WriteStartArray("t");
        json.WriteNumberValue(history.Count);
        json.WriteNumberValue(history.Count);
        json.WriteEndArray();
        Texts("l", instrument.Price(history.LowTicks), instrument.Price(history.LowTicks));
        Texts("h", instrument.Price(history.HighTicks), instrument.Price(history.HighTicks));
        json.WriteString("o", Text(instrument.Price(history.OpenTicks ?? 0)));
        json.WriteEndObject();

        void Best(string name, BookSide side)
        {
            market.Book.TryGetBest(side, out var best);
            var quantity = instrument.Quantity(best.QuantityLots);
            Texts(name, instrument.Price(best.PriceTicks), decimal.Ceiling(quantity), quantity);
        }

        void Texts(string name, params ReadOnlySpan<decimal> values)
        {
            json.WriteStartArray(name);
            foreach (var value in values)
            {
                json.WriteStringValue(Text(value));
            }

            json.WriteEndArray();
        }
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;
using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;

namespace Parallax.Measurements.Feed;

/// <summary>Prints book messages as Kraken does: its order of fields, numbers at the instrument's decimals.</summary>
internal sealed class BookMessageWriter(Stream output, bool withChecksum)
{
    private readonly StringBuilder _text = new();

    /// <param name="book">After the changes.</param>
    /// <param name="momentMicros">Microseconds since 1970.</param>
    public void Write(OrderBook book, string type, IReadOnlyList<BookLevel> changes, long momentMicros)
    {
        var instrument = book.Instrument;
        _text.Clear();
        _text.Append(CultureInfo.InvariantCulture, $"{{\"channel\":\"book\",\"type\":\"{type}\",\"data\":[{{\"symbol\":\"{instrument.Symbol}\",\"bids\":[");
        Side(instrument, changes, BookSide.Bid);
        _text.Append("],\"asks\":[");
        Side(instrument, changes, BookSide.Ask);
        _text.Append(']');
        if (withChecksum)
        {
            _text.Append(CultureInfo.InvariantCulture, $",\"checksum\":{book.Checksum()}");
        }

        var time = DateTime.UnixEpoch.AddTicks(momentMicros * 10);
        _text.Append(CultureInfo.InvariantCulture, $",\"timestamp\":\"{time:yyyy-MM-dd'T'HH:mm:ss.ffffff}Z\"}}]}}");
        output.Write(Encoding.ASCII.GetBytes(_text.ToString()));
    }

    private void Side(Instrument instrument, IReadOnlyList<BookLevel> changes, BookSide side)
    {
        var isFirst = true;
        foreach (var level in changes)
        {
            if (level.Side != side)
            {
                continue;
            }

            _text.Append(isFirst ? "{\"price\":" : ",{\"price\":")
                .Append(instrument.Price(level.PriceTicks).ToString("F" + instrument.PriceDecimals, CultureInfo.InvariantCulture))
                .Append(",\"qty\":")
                .Append(instrument.Quantity(level.QuantityLots).ToString("F" + instrument.QuantityDecimals, CultureInfo.InvariantCulture))
                .Append('}');
            isFirst = false;
        }
    }
}

using System.Text;
using System.Text.Json;
using Parallax.Domain;
using Parallax.Venues.Recordings.Lines;

namespace Parallax.Venues.Recordings.Symbols;

/// <summary>Reads the file behind <c>--instruments</c>, packed or not.</summary>
/// <remarks>
/// CSV with a header naming at least <c>symbol,base,quote</c>, and where known <c>tick,lot,min_qty,min_notional</c>; QuantConnect's
/// symbol properties; JSON as a list of objects with the same names, Kraken's AssetPairs or Binance's exchangeInfo.
/// </remarks>
public static class InstrumentListFile
{
    private const int BytesMax = 256 << 20;

    /// <exception cref="RecordingException">The file is missing or is none of these. Says where.</exception>
    public static InstrumentList Read(string path)
    {
        var text = ReadAll(path);
        var start = text.AsSpan().IndexOfAnyExcept(" \t\r\n"u8);
        try
        {
            return start >= 0 && text[start] is (byte)'{' or (byte)'[' ? FromJson(text) : FromCsv(Encoding.UTF8.GetString(text));
        }
        catch (JsonException wrong)
        {
            throw new RecordingException($"{path} line {(wrong.LineNumber ?? 0) + 1:N0}: is not valid JSON.", wrong);
        }
        catch (Exception wrong) when (wrong is FormatException or InvalidOperationException)
        {
            throw new RecordingException($"{path}: {wrong.Message}.", wrong);
        }
    }

    private static byte[] ReadAll(string path)
    {
        var (text, _) = RecordingFile.Open(path, LineLimits.Default);
        using (text)
        {
            var bytes = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (var read = text.Read(buffer); read > 0; read = text.Read(buffer))
            {
                if (bytes.Length + read > BytesMax)
                {
                    throw new RecordingException($"{path}: an instrument list is at most {BytesMax >> 20} MiB.");
                }

                bytes.Write(buffer.AsSpan(0, read));
            }

            var all = bytes.ToArray();
            return all is [0xEF, 0xBB, 0xBF, ..] ? all[3..] : all;
        }
    }

    private static InstrumentList FromJson(byte[] text)
    {
        using var document = JsonDocument.Parse(text);
        var list = new InstrumentList();
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("instruments", out var inside))
        {
            root = inside;
        }

        if (root.ValueKind == JsonValueKind.Array)
        {
            foreach (var entry in root.EnumerateArray())
            {
                list.Add(Terms(name => entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out var field) ? field.ToString() : null));
            }
        }
        else if (!BinanceExchangeInfo.TryRead(root, list) && !KrakenAssetPairs.TryRead(root, list))
        {
            throw new FormatException("the JSON is neither a list of instruments nor Kraken's AssetPairs nor Binance's exchangeInfo");
        }

        return list;
    }

    private static InstrumentList FromCsv(string text)
    {
        var list = new InstrumentList();
        string[]? header = null;
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var fields = line.TrimEnd('\r').Split(',').Select(field => field.Trim(' ', '"')).ToArray();
            if (header is null)
            {
                header = fields;
                Require(header, number);
                continue;
            }

            try
            {
                Add(list, name => Array.IndexOf(header, name) is >= 0 and var at && at < fields.Length ? fields[at] : null);
            }
            catch (FormatException wrong)
            {
                throw new FormatException($"line {number:N0}: {wrong.Message}", wrong);
            }
        }

        return header is null ? throw new FormatException("the instrument list is empty") : list;
    }

    private static void Require(string[] header, int number)
    {
        if (!header.Contains("symbol") || !((header.Contains("base") && header.Contains("quote")) || header.Contains("quote_currency")))
        {
            throw new FormatException(
                $"line {number:N0}: an instrument list names the columns symbol,base,quote and where known tick,lot,min_qty,min_notional; found {Excerpt.Of(string.Join(',', header))}");
        }
    }

    private static void Add(InstrumentList list, Func<string, string?> field)
    {
        if (field("quote_currency") is not { } quote)
        {
            list.Add(Terms(field));
            return;
        }

        // QuantConnect's list holds other asset classes too, and symbols that are BASE + QUOTE of its own codes.
        var symbol = field("symbol") ?? "";
        if (field("type")?.StartsWith("crypto", StringComparison.Ordinal) == false
            || !symbol.EndsWith(quote, StringComparison.Ordinal) || !Asset.IsCode(symbol[..^quote.Length]) || !Asset.IsCode(quote))
        {
            return;
        }

        var (@base, quoteAsset) = (new Asset(symbol[..^quote.Length]), new Asset(quote));
        var ticker = field("market_ticker");
        list.Add(
            new InstrumentTerms(string.IsNullOrEmpty(ticker) ? symbol : ticker, @base, quoteAsset)
            {
                TickSize = JsonFields.Number(field("minimum_price_variation") ?? "", "minimum_price_variation"),
                LotSize = JsonFields.Number(field("lot_size") ?? "", "lot_size"),
            },
            symbol, $"{@base}/{quoteAsset}");
    }

    private static InstrumentTerms Terms(Func<string, string?> field)
    {
        var symbol = field("symbol");
        if (string.IsNullOrEmpty(symbol) || !Asset.IsCode(field("base")) || !Asset.IsCode(field("quote")))
        {
            throw new FormatException($"an instrument has a symbol, a base and a quote; found {Excerpt.Of($"{symbol},{field("base")},{field("quote")}")}");
        }

        return new InstrumentTerms(symbol, new Asset(field("base")!), new Asset(field("quote")!))
        {
            TickSize = Number("tick"),
            LotSize = Number("lot"),
            QuantityMin = Number("min_qty"),
            NotionalMin = Number("min_notional"),
        };

        decimal? Number(string name) => JsonFields.Number(field(name) ?? "", name);
    }
}

using System.Text.Json;
using Parallax.Domain;
using Parallax.MarketData.Records;

namespace Parallax.Venues.Tests.Kraken;

/// <summary>Book and trade frames as anyone would read them first: a document, decimals, divisions. Checks the product's reader.</summary>
internal static class ObviousReader
{
    /// <summary>The lines that <see cref="RecordList.Lines"/> gives for a book frame; <see langword="null"/> when the frame is to be rejected.</summary>
    public static List<string>? Read(string frame, IReadOnlyList<Instrument> instruments, long received)
    {
        using var document = JsonDocument.Parse(frame);
        var root = document.RootElement;
        var kind = root.GetProperty("type").GetString() switch
        {
            "snapshot" => MarketRecordKind.BookSnapshot,
            "update" => MarketRecordKind.BookDelta,
            _ => (byte)0,
        };
        var lines = new List<string>();
        foreach (var entry in root.GetProperty("data").EnumerateArray())
        {
            var symbol = entry.GetProperty("symbol").GetString();
            var number = instruments.ToList().FindIndex(i => i.Symbol == symbol);
            if (number < 0)
            {
                continue;
            }

            if (!entry.TryGetProperty("checksum", out var checksum) || !checksum.TryGetUInt32(out var tag))
            {
                return null;
            }

            var time = received;
            if (entry.TryGetProperty("timestamp", out var timestamp))
            {
                time = UtcNanos.From(timestamp.GetDateTimeOffset()).Value;
            }

            var levels = new List<string>();
            foreach (var (key, side) in new[] { ("bids", BookSide.Bid), ("asks", BookSide.Ask) })
            {
                foreach (var level in entry.GetProperty(key).EnumerateArray())
                {
                    if (!Count(level.GetProperty("price"), instruments[number].TickSize, out var ticks) || ticks == 0
                        || !Count(level.GetProperty("qty"), instruments[number].LotSize, out var lots))
                    {
                        return null;
                    }

                    levels.Add($"{side}:{ticks}:{lots}");
                }
            }

            lines.Add($"{kind} {BookRecord.HasVenueChecksum} {number} {time} {received} {tag} {string.Join(' ', levels)}");
        }

        return lines;
    }

    /// <summary>The same for a trade frame that has all its fields.</summary>
    public static List<string>? ReadTrades(string frame, IReadOnlyList<Instrument> instruments, long received)
    {
        using var document = JsonDocument.Parse(frame);
        var lines = new List<string>();
        foreach (var trade in document.RootElement.GetProperty("data").EnumerateArray())
        {
            var symbol = trade.GetProperty("symbol").GetString();
            var number = instruments.ToList().FindIndex(i => i.Symbol == symbol);
            if (number < 0)
            {
                continue;
            }

            var side = trade.GetProperty("side").GetString();
            if (side is not ("buy" or "sell")
                || !Count(trade.GetProperty("price"), instruments[number].TickSize, out var ticks) || ticks == 0
                || !Count(trade.GetProperty("qty"), instruments[number].LotSize, out var lots) || lots == 0
                || !Count(trade.GetProperty("trade_id"), 1m, out var id))
            {
                return null;
            }

            var time = UtcNanos.From(trade.GetProperty("timestamp").GetDateTimeOffset()).Value;
            lines.Add($"{MarketRecordKind.Trade} 0 {number} {time} {received} 0 {(side == "buy" ? Side.Buy : Side.Sell)}:{ticks}:{lots}:{id}");
        }

        return lines;
    }

    private static bool Count(JsonElement number, decimal step, out long count)
    {
        count = 0;
        if (number.ValueKind != JsonValueKind.Number || !number.TryGetDecimal(out var value) || value < 0m)
        {
            return false;
        }

        var steps = value / step;
        if (decimal.Truncate(steps) != steps || steps > long.MaxValue)
        {
            return false;
        }

        count = (long)steps;
        return true;
    }
}

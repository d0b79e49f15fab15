using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parallax.Domain;

namespace Parallax.Measurements.Feed;

/// <summary>
/// Yardstick <c>ordinary</c>: what a careful C# bot does. <see cref="JsonSerializer"/> into objects with <see cref="decimal"/>, a
/// <see cref="SortedDictionary{TKey, TValue}"/> a side, the checksum over strings.
/// </summary>
public sealed class OrdinaryReader : FeedReader
{
    private readonly Dictionary<string, Book> _books;
    private long _badChecksums;

    public OrdinaryReader(FeedStream stream) => _books = stream.Instruments.ToDictionary(i => i.Symbol, i => new Book(i));

    public override string Name => "ordinary";

    public override long BadChecksums => _badChecksums;

    public override void Read(FeedStream stream, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            Apply(stream[i]);
        }
    }

    public override ulong ReadWithDigest(FeedStream stream, int from, int to)
    {
        var digest = new BestPriceDigest();
        for (var i = from; i < to; i++)
        {
            var book = Apply(stream[i]);
            digest.Add(book.Best(book.Bids), book.Best(book.Asks));
        }

        return digest.Value;
    }

    private Book Apply(ReadOnlySpan<byte> message)
    {
        var frame = JsonSerializer.Deserialize<Frame>(message)!;
        Book book = null!;
        foreach (var data in frame.Data)
        {
            book = _books[data.Symbol];
            if (frame.Type == "snapshot")
            {
                book.Bids.Clear();
                book.Asks.Clear();
            }

            Book.Apply(book.Bids, data.Bids, book.Instrument.BookDepth);
            Book.Apply(book.Asks, data.Asks, book.Instrument.BookDepth);
            if (data.Checksum is { } checksum && book.Checksum() != checksum)
            {
                _badChecksums++;
            }
        }

        return book;
    }

    private sealed class Book(Instrument instrument)
    {
        private readonly StringBuilder _text = new();

        public Instrument Instrument { get; } = instrument;

        public SortedDictionary<decimal, decimal> Bids { get; } = new(Comparer<decimal>.Create((a, b) => b.CompareTo(a)));

        public SortedDictionary<decimal, decimal> Asks { get; } = [];

        public static void Apply(SortedDictionary<decimal, decimal> side, List<FrameLevel> levels, int depth)
        {
            foreach (var level in levels)
            {
                if (level.Quantity == 0m)
                {
                    side.Remove(level.Price);
                }
                else
                {
                    side[level.Price] = level.Quantity;
                }
            }

            while (side.Count > depth)
            {
                side.Remove(side.Keys.Last());
            }
        }

        public uint Checksum()
        {
            _text.Clear();
            Append(Asks);
            Append(Bids);
            return SlicedCrc32.Of(Encoding.ASCII.GetBytes(_text.ToString()));
        }

        public Level Best(SortedDictionary<decimal, decimal> side)
        {
            foreach (var (price, quantity) in side)
            {
                return Instrument.TryTicks(price, out var ticks) && Instrument.TryLots(quantity, out var lots)
                    ? new Level(ticks, lots)
                    : throw new InvalidOperationException("A level stands off the grid.");
            }

            return default;
        }

        private void Append(SortedDictionary<decimal, decimal> side)
        {
            foreach (var (price, quantity) in side.Take(10))
            {
                _text.Append(Digits(price, Instrument.PriceDecimals)).Append(Digits(quantity, Instrument.QuantityDecimals));
            }
        }

        private static string Digits(decimal value, int decimals) =>
            value.ToString("F" + decimals, CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal).TrimStart('0');
    }

    private sealed record Frame(
        [property: JsonPropertyName("channel")] string Channel,
        [property: JsonPropertyName("type")] string Type,
        [property: JsonPropertyName("data")] List<FrameData> Data);

    private sealed record FrameData(
        [property: JsonPropertyName("symbol")] string Symbol,
        [property: JsonPropertyName("bids")] List<FrameLevel> Bids,
        [property: JsonPropertyName("asks")] List<FrameLevel> Asks,
        [property: JsonPropertyName("checksum")] uint? Checksum,
        [property: JsonPropertyName("timestamp")] DateTimeOffset Timestamp);

    private sealed record FrameLevel(
        [property: JsonPropertyName("price")] decimal Price,
        [property: JsonPropertyName("qty")] decimal Quantity);
}

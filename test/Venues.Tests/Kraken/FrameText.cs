using System.Globalization;
using System.Text;
using Parallax.Domain;
using Parallax.Venues.Tests.Wire;

namespace Parallax.Venues.Tests.Kraken;

/// <summary>Book and trade frames as a tree, printed the way the venue does or in any other legal way.</summary>
internal abstract record FrameText
{
    public sealed record Raw(string Json) : FrameText;

    public sealed record Number(decimal Value, int Decimals) : FrameText;

    public sealed record Text(string Value) : FrameText;

    public sealed record List(params FrameText[] Items) : FrameText;

    public sealed record Members(params (string Key, FrameText Value)[] Items) : FrameText;

    /// <summary>As the venue prints: no white space, fixed decimals, its own order.</summary>
    public string Plain() => this switch
    {
        Raw raw => raw.Json,
        Number number => number.Value.ToString("F" + Math.Max(number.Decimals, number.Value.Scale), CultureInfo.InvariantCulture),
        Text text => $"\"{text.Value}\"",
        List list => $"[{string.Join(',', list.Items.Select(i => i.Plain()))}]",
        Members members => $"{{{string.Join(',', members.Items.Select(m => $"\"{m.Key}\":{m.Value.Plain()}"))}}}",
        _ => throw new InvalidOperationException(),
    };

    /// <summary>The same content in another legal form.</summary>
    public string Reformatted(Seeded random) => this switch
    {
        Raw raw => raw.Json,
        Number number => random.Print(number.Value),
        Text text => Quoted(text.Value, random),
        List list => $"[{Space(random)}{string.Join(Space(random) + "," + Space(random), list.Items.Select(i => i.Reformatted(random)))}{Space(random)}]",
        Members members => Shuffled(members, random),
        _ => throw new InvalidOperationException(),
    };

    public static FrameText Book(string type, Instrument instrument, (decimal Price, decimal Quantity)[] bids, (decimal Price, decimal Quantity)[] asks, uint? checksum, string? time)
    {
        var entry = new List<(string, FrameText)>
        {
            ("symbol", new Text(instrument.Symbol)), ("bids", Side(instrument, bids)), ("asks", Side(instrument, asks)),
        };
        if (checksum is { } value)
        {
            entry.Add(("checksum", new Raw(value.ToString(CultureInfo.InvariantCulture))));
        }

        if (time is not null)
        {
            entry.Add(("timestamp", new Text(time)));
        }

        return new Members(("channel", new Text("book")), ("type", new Text(type)), ("data", new List(new Members([.. entry]))));
    }

    public static FrameText Trades(string type, params IEnumerable<TradeText> trades) => new Members(
        ("channel", new Text("trade")), ("type", new Text(type)), ("data", new List([.. trades.Select(t => new Members(
            ("symbol", new Text(t.Instrument.Symbol)),
            ("side", new Text(t.Side)),
            ("price", new Number(t.Price, t.Instrument.PriceDecimals)),
            ("qty", new Number(t.Quantity, t.Instrument.QuantityDecimals)),
            ("ord_type", new Text(t.OrderType)),
            ("trade_id", new Number(t.Id, 0)),
            ("timestamp", new Text(t.Time))))])));

    private static List Side(Instrument instrument, (decimal Price, decimal Quantity)[] levels) => new(
        [.. levels.Select(l => new Members(("price", new Number(l.Price, instrument.PriceDecimals)), ("qty", new Number(l.Quantity, instrument.QuantityDecimals))))]);

    private static string Shuffled(Members members, Seeded random)
    {
        var items = members.Items.Select(m => (m.Key, Text: m.Value.Reformatted(random))).ToList();
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(items));
        if (items.Count > 0 && random.OneIn(6))
        {
            // An earlier value of a key that comes again does not count, whatever it is.
            var doubled = items[random.Below(items.Count)].Key;
            items.Insert(0, (doubled, random.Of("null", "1", "\"x\"", "[]", "{}", "[{\"price\":1,\"qty\":2}]", "-3.5e-7")));
        }

        if (random.OneIn(3))
        {
            items.Insert(random.Below(items.Count + 1), ("new_field", random.Of("null", "{\"bids\":[1,2]}", "[[\"]\"]]", "\"\\\"}\"", "1e-08")));
        }

        var text = items.Select(i => $"{Quoted(i.Key, random)}{Space(random)}:{Space(random)}{i.Text}");
        return $"{{{Space(random)}{string.Join(Space(random) + "," + Space(random), text)}{Space(random)}}}";
    }

    private static string Quoted(string value, Seeded random)
    {
        var text = new StringBuilder("\"");
        foreach (var letter in value)
        {
            text.Append(random.OneIn(12) ? $"\\u{(int)letter:x4}" : letter == '/' && random.OneIn(2) ? "\\/" : letter.ToString());
        }

        return text.Append('"').ToString();
    }

    private static string Space(Seeded random) => random.OneIn(5) ? random.Of(" ", "\n", "\t", "\r\n", "   ") : "";
}

internal sealed record TradeText(Instrument Instrument, string Side, decimal Price, decimal Quantity, string OrderType, decimal Id, string Time);

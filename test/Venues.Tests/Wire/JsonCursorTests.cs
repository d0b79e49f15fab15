using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Tests.Wire;

public sealed class JsonCursorTests
{
    private static readonly string[] Samples =
    [
        "{}", "[]", "0", "-0", "1.5e-08", "\"\"", "true", "false", "null", " [ ] ", "\t{\r\n}\n",
        "{\"a\":[1,2.5,-3e+2,{\"b\":null}],\"c\":\"x\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\uD83D\\uDE00\"}",
        "[[[[]]],[{}],{\"\":{}}]", "{\"k\":\"caf\u00e9 \u20ac \ud83d\ude00\"}", "[1,]", "{\"a\":1,}", "[,1]", "01", "1.", ".5", "+1", "1e", "1e+",
        "--1", "tru", "nul", "[1 2]", "{\"a\" 1}", "{a:1}", "{'a':1}", "\"\\x\"", "\"\\u12G4\"", "\"a", "[", "{", "{\"a\"", "{\"a\":", "]", "}",
        "[1]]", "{}{}", "\"tab\tinside\"", "NaN", "Infinity", "-", "[-]", "\u0001", "[1,\u0000]",
        "{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"bids\":[{\"price\":1.0,\"qty\":2}],\"asks\":[]}]}",
    ];

    public static TheoryData<string> Texts => [.. Samples];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_is_legal_where_the_framework_finds_it_legal(string text) => Check(Encoding.UTF8.GetBytes(text), text);

    [Fact]
    public void Mutated_texts_are_legal_where_the_framework_finds_them_legal()
    {
        for (var seed = 1ul; seed <= 60_000; seed++)
        {
            var random = new Seeded(seed);
            Check(random.Mutate(Encoding.UTF8.GetBytes(random.Of<string>(Samples))), $"seed {seed}");
        }
    }

    [Fact]
    public void Random_bytes_end_in_an_error_and_nothing_else()
    {
        for (var seed = 1ul; seed <= 20_000; seed++)
        {
            var random = new Seeded(seed);
            var bytes = new byte[random.Below(80)];
            foreach (ref var value in bytes.AsSpan())
            {
                value = (byte)random.Next();
            }

            Check(bytes, $"seed {seed}");
        }
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_refused_however_deep()
    {
        Assert.Equal(JsonError.None, Walk(Nested(JsonCursor.DepthMax)));
        Assert.Equal(JsonError.TooDeep, Walk(Nested(JsonCursor.DepthMax + 1)));
        Assert.Equal(JsonError.TooDeep, Walk(Nested(1_000_000)));

        static byte[] Nested(int depth) => [.. Enumerable.Repeat((byte)'[', depth), .. Enumerable.Repeat((byte)']', depth)];
    }

    [Theory]
    [InlineData("\"plain\"", "plain")]
    [InlineData("\"a\\u0062\\/c\"", "ab/c")]
    [InlineData("\"\\uD83D\\uDE00\"", "\ud83d\ude00")]
    [InlineData("\"\\uD83D!\"", "\ufffd!")]
    [InlineData("\"\\uDE00\"", "\ufffd")]
    [InlineData("\"caf\u00e9 au lait, with sixteen bytes and more\"", "caf\u00e9 au lait, with sixteen bytes and more")]
    public void Strings_are_decoded(string json, string expected)
    {
        var cursor = new JsonCursor(Encoding.UTF8.GetBytes(json), stackalloc byte[64]);
        Assert.True(cursor.ReadString(out var value));
        Assert.Equal(expected, Encoding.UTF8.GetString(value));
        Assert.True(cursor.TakeEnd());
    }

    private static void Check(byte[] text, string context)
    {
        var error = Walk(text);
        var isLegal = IsLegal(text);
        Assert.True((error == JsonError.None) == isLegal, $"{error} for {context}: {Encoding.UTF8.GetString(text)}");
    }

    private static JsonError Walk(byte[] text)
    {
        var cursor = new JsonCursor(text, stackalloc byte[64]);
        _ = cursor.SkipValue() && cursor.TakeEnd();
        Assert.InRange(cursor.Position, 0, text.Length + 1);
        return cursor.Error;
    }

    private static bool IsLegal(byte[] text)
    {
        // The framework looks at the UTF-8 of a string only when the string is asked for.
        try
        {
            using var document = JsonDocument.Parse(text);
            return Utf8.IsValid(text);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

using System.Text;

namespace Parallax.Venues.Recordings.Lines;

/// <summary>Quotes foreign text in a message: short, in quotation marks, with nothing in it that could move a cursor or end a line.</summary>
public static class Excerpt
{
    private const int LengthMax = 60;

    public static string Of(ReadOnlySpan<byte> text) =>
        Of(Encoding.UTF8.GetString(text.Length > LengthMax * 4 ? text[..(LengthMax * 4)] : text), text.Length);

    public static string Of(string text) => Of(text, text.Length);

    private static string Of(string text, int fullLength)
    {
        var quoted = new StringBuilder("\"");
        var taken = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (taken++ == LengthMax)
            {
                break;
            }

            quoted.Append(Rune.IsControl(rune) || rune == Rune.ReplacementChar ? "·" : rune.ToString());
        }

        return (taken > LengthMax || fullLength > text.Length * 4 ? quoted.Append('…') : quoted).Append('"').ToString();
    }
}

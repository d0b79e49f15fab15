using System.Text.Json;
using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Symbols;

namespace Parallax.Venues.Recordings.Capture;

/// <summary>Reads instrument lists out of recorded HTTP answers.</summary>
internal static class HttpLists
{
    /// <summary>The largest real ones are 5 MB.</summary>
    private const int BytesMax = 32 << 20;

    /// <exception cref="BadLineException">The answer is not the list its address promises.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static void Read(ReadOnlySpan<byte> answer, InstrumentList list, Func<JsonElement, InstrumentList, bool> read)
    {
        if (answer.Length > BytesMax)
        {
            throw new BadLineException($"is an instrument list of more than {BytesMax >> 20} MiB");
        }

        using var document = JsonDocument.Parse(answer.ToArray());
        try
        {
            if (!read(document.RootElement, list))
            {
                throw new BadLineException($"is no instrument list: {Excerpt.Of(answer)}");
            }
        }
        catch (FormatException wrong)
        {
            throw new BadLineException(wrong.Message, wrong);
        }
    }
}

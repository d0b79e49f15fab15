using System.Text.Json;
using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Kraken;
using Parallax.Venues.Recordings.Messages;
using Parallax.Venues.Recordings.Symbols;

namespace Parallax.Venues.Recordings.Capture;

/// <summary>Kraken, version 1 and 2 of its feed, with the instruments of the recorded AssetPairs answer.</summary>
internal sealed class CapturedKraken(ImportContext context, KrakenBooks books) : ICapturedVenue
{
    private readonly KrakenV1Frames _v1 = new(context, books);
    private readonly KrakenV2Frames _v2 = new(context, books);

    public void TakeHttp(ReadOnlySpan<byte> url, ReadOnlySpan<byte> answer, long receivedTime, long line, MessageQueue output)
    {
        if (context.Log.IsFirstPass && url.IndexOf("/AssetPairs"u8) >= 0)
        {
            HttpLists.Read(answer, books.Instruments, KrakenAssetPairs.TryRead);
        }
    }

    public void TakeFrame(ReadOnlySpan<byte> frame, long receivedTime, long line, MessageQueue output)
    {
        if (IsVersion2(frame))
        {
            _v2.Take(frame, receivedTime, line, output);
        }
        else
        {
            _v1.Take(frame, receivedTime, line, output);
        }
    }

    public void End() => books.End();

    // Version 1 sends its data as lists, and its few objects all carry an event.
    private static bool IsVersion2(ReadOnlySpan<byte> frame)
    {
        var reader = new Utf8JsonReader(frame);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("event"u8))
            {
                return false;
            }

            reader.Read();
            reader.Skip();
        }

        return true;
    }
}

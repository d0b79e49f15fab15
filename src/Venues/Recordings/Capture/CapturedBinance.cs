using Parallax.Venues.Recordings.Binance;
using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Messages;
using Parallax.Venues.Recordings.Symbols;

namespace Parallax.Venues.Recordings.Capture;

/// <summary>One of Binance's markets, with the instruments of the recorded exchangeInfo and the recorded depth snapshots.</summary>
/// <param name="instruments">Kept over both passes.</param>
internal sealed class CapturedBinance(ImportContext context, BinanceMarket market, InstrumentList instruments) : ICapturedVenue
{
    private readonly BinanceMessages _messages = new(context, market);
    private readonly BinanceEvent _event = new();

    public void TakeHttp(ReadOnlySpan<byte> url, ReadOnlySpan<byte> answer, long receivedTime, long line, MessageQueue output)
    {
        if (url.IndexOf("/exchangeInfo"u8) >= 0)
        {
            if (context.Log.IsFirstPass)
            {
                HttpLists.Read(answer, instruments, BinanceExchangeInfo.TryRead);
            }
        }
        else if (url.IndexOf("/depth?"u8) >= 0)
        {
            _event.Read(answer, line);
            if (_event.SnapshotUpdate is null)
            {
                throw new BadLineException($"is a depth answer without lastUpdateId: {Excerpt.Of(answer)}");
            }

            _messages.TakeSnapshot(_event, _messages.ListingOf(Symbol(url), market), receivedTime, line, output);
        }
    }

    public void TakeFrame(ReadOnlySpan<byte> frame, long receivedTime, long line, MessageQueue output)
    {
        _event.Read(frame, line);
        _messages.Take(_event, receivedTime, line, output);
    }

    public void End()
    {
        _messages.End();
        foreach (var listing in context.Listings.All)
        {
            if (listing.Venue == market.Venue)
            {
                listing.OwnTerms ??= instruments.Find(listing.Symbol);
            }
        }
    }

    private static ReadOnlySpan<byte> Symbol(ReadOnlySpan<byte> url)
    {
        var at = url.IndexOf("symbol="u8);
        var symbol = at < 0 ? default : url[(at + "symbol="u8.Length)..];
        var end = symbol.IndexOf((byte)'&');
        return end < 0 ? symbol : symbol[..end];
    }
}

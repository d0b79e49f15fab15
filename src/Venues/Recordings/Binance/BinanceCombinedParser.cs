using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Messages;
using Parallax.Venues.Recordings.Symbols;

namespace Parallax.Venues.Recordings.Binance;

/// <summary><c>&lt;local unix ns&gt; &lt;combined stream message&gt;</c>, and among them a REST depth snapshot a symbol.</summary>
internal sealed class BinanceCombinedParser(string file, ImportContext context, BinanceCombinedParser.Memory memory) : ILineParser
{
    private readonly BinanceMessages _messages = new(context, market: null);
    private readonly BinanceEvent _event = new();
    private readonly ReceivedClock _clock = new();
    private readonly RepeatedLines _repeats = new(file, context.Log);

    public void Parse(ReadOnlySpan<byte> line, long lineNumber, MessageQueue output)
    {
        var json = TimePrefix.Take(line, out var receivedTime);
        if (receivedTime is not { } received)
        {
            throw new BadLineException("does not begin with its receive time in unix nanoseconds");
        }

        _event.Read(json, lineNumber);
        _clock.Advance(received);
        if (_repeats.IsRepeated(line, lineNumber))
        {
            return;
        }

        if (_event is { SnapshotUpdate: not null, Stream.IsEmpty: true })
        {
            TakeSnapshot(received, lineNumber, output);
        }
        else
        {
            _messages.Take(_event, received, lineNumber, output);
        }
    }

    public void End(MessageQueue output)
    {
        _messages.End();
        memory.Learn(_messages);
    }

    // Spot and USD-M snapshots name no symbol: it is the one whose depth the file records, which the first pass has to find out.
    private void TakeSnapshot(long receivedTime, long line, MessageQueue output)
    {
        var market = _event.Market ?? (_event.EventTime is null ? BinanceMarket.Spot : BinanceMarket.UsdM);
        var listing = _event.Symbol.IsEmpty ? memory.SoleDepth(market) : _messages.ListingOf(_event.Symbol, market);
        if (listing is not null)
        {
            _messages.TakeSnapshot(_event, listing, receivedTime, line, output);
        }
        else if (context.Log.IsFirstPass)
        {
            memory.Keep(market, _event.Levels);
        }
        else
        {
            context.Log.Note($"{file} line {line:N0}: a depth snapshot without a symbol is left out, because the file does not record the depth of exactly one {market.Venue} symbol.");
        }
    }

    /// <summary>What the first pass finds out about a file for the second.</summary>
    internal sealed class Memory
    {
        private readonly Dictionary<BinanceMarket, Listing?> _soleDepths = [];
        private readonly Dictionary<BinanceMarket, (Listing.Decimals Prices, Listing.Decimals Quantities)> _unnamed = [];

        public Listing? SoleDepth(BinanceMarket market) => _soleDepths.GetValueOrDefault(market);

        /// <summary>Keeps the decimals of a snapshot whose symbol is not known yet.</summary>
        public void Keep(BinanceMarket market, ReadOnlySpan<WireLevel> levels)
        {
            var (prices, quantities) = _unnamed.GetValueOrDefault(market);
            foreach (ref readonly var level in levels)
            {
                prices = prices.With(level.Price);
                quantities = quantities.With(level.Quantity);
            }

            _unnamed[market] = (prices, quantities);
        }

        public void Learn(BinanceMessages messages)
        {
            foreach (var market in new[] { BinanceMarket.Spot, BinanceMarket.UsdM, BinanceMarket.CoinM })
            {
                _soleDepths[market] = messages.SoleDepth(market);
                if (_soleDepths[market] is { } listing && _unnamed.Remove(market, out var decimals))
                {
                    listing.Saw(decimals.Prices, decimals.Quantities);
                    listing.SawMessage();
                }
            }
        }
    }
}

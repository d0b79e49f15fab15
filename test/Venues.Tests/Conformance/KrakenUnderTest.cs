using System.Text;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Trading.Execution;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Tests.Kraken;
using Parallax.Venues.Tests.Kraken.Live;

namespace Parallax.Venues.Tests.Conformance;

/// <summary>Kraken's adapter, whole or with one fault planted between it and the venue, or between it and the engine.</summary>
internal sealed class KrakenUnderTest(string name) : IVenueUnderTest
{
    public string Name { get; } = name;

    /// <summary>What becomes of the public feed's bytes; <see langword="null"/> swallows a frame. Made anew for each feed.</summary>
    public Func<Func<string, string?>> FeedFrames { get; init; } = () => frame => frame;

    public Func<IRecordSink, IRecordSink> FeedRecords { get; init; } = sink => sink;

    /// <summary>What becomes of the private feed's bytes. Made anew for each gateway.</summary>
    public Func<Func<string, string?>> OrderFrames { get; init; } = () => frame => frame;

    public Func<IRecordSink, IRecordSink> OrderRecords { get; init; } = sink => sink;

    /// <summary>What stands between the engine and the account.</summary>
    public AccountFault Account { get; init; } = AccountFault.None;

    public bool IsAccountPlain => Account == AccountFault.None;

    public Task<IAccountUnderTest> AccountAsync() => KrakenAccountUnderTest.StartAsync(Account);

    public IFeedUnderTest Feed() => new KrakenFeedUnderTest(FeedFrames(), FeedRecords);

    public IOrdersUnderTest Orders() => new KrakenOrdersUnderTest(new OrderDriver(OrderRecords) { Frames = OrderFrames() }.Connected());

    private sealed class KrakenFeedUnderTest(Func<string, string?> frames, Func<IRecordSink, IRecordSink> records) : IFeedUnderTest
    {
        private static readonly Instrument Bitcoin = AnInstrument.Of("BTC/USD", 1);

        private readonly FeedDriver _driver = new(null, records, [Bitcoin]);
        private readonly VenueBook _venue = VenueBook.Of(Bitcoin, 30_000m);
        private string _last = "";

        public bool IsEnded => _driver.EndReason is not null;

        public bool IsLive => _driver.Books[0].State == BookState.Live;

        public bool IsRight => IsLive && Text(BookSide.Bid).SequenceEqual(_venue.Bids) && Text(BookSide.Ask).SequenceEqual(_venue.Asks);

        public int BookRecords => _driver.Records.Count(record => record.Kind is MarketRecordKind.BookSnapshot or MarketRecordKind.BookDelta);

        public IReadOnlyList<FeedState> States => [.. _driver.States];

        public void Connect()
        {
            _driver.Connected();
            _driver.TakeRequests();
        }

        public void Disconnect() => _driver.End();

        public void Snapshot() => Deliver(_venue.Snapshot());

        public void SpoiledSnapshot() => Deliver(_venue.Snapshot().Replace($"\"checksum\":{_venue.Checksum()}", $"\"checksum\":{_venue.Checksum() ^ 1}", StringComparison.Ordinal));

        public void Change(int lots) => Deliver(_venue.Touch(lots));

        public void Delete() => Deliver(_venue.Bid(_venue.BestBid, 0m));

        public void LoseChange(int lots) => _venue.Bid(_venue.BestBid - Bitcoin.TickSize, Bitcoin.Quantity(lots));

        public void Repeat() => Deliver(_last);

        public void CutShort() => Deliver(_venue.Touch(8)[..^25]);

        public void UnknownType() => Deliver("""{"channel":"weather","type":"update","data":[{"symbol":"BTC/USD","bids":[]}]}""");

        public bool TookFreshBookRequest()
        {
            _driver.Look();
            _driver.Send();
            return _driver.TakeRequests().Contains("subscribe book BTC/USD 10");
        }

        public void Dispose() => _driver.Dispose();

        private void Deliver(string frame)
        {
            _last = frame;
            if (frames(frame) is { } arrived)
            {
                _driver.Frame(Encoding.UTF8.GetBytes(arrived));
            }
        }

        private IEnumerable<(decimal, decimal)> Text(BookSide side) =>
            (side == BookSide.Bid ? _driver.Books[0].Bids : _driver.Books[0].Asks).ToArray()
                .Select(level => (Bitcoin.Price(level.PriceTicks), Bitcoin.Quantity(level.QuantityLots)));
    }

    private sealed class KrakenOrdersUnderTest : IOrdersUnderTest
    {
        private readonly OrderDriver _driver;
        private readonly OrderTicket _order;

        public KrakenOrdersUnderTest(OrderDriver driver)
        {
            _driver = driver;
            _order = driver.Send();
        }

        public IReadOnlyList<OrderEvent> Told => _driver.Events;

        public void Accept() => _driver.Accept(_order);

        public void Reject() => _driver.Refuse(_order, "EOrder:Insufficient funds");

        public void Fill(int trade, long lots) => _driver.Trade(_order, $"T{trade}", lots);

        public void End(long filledLots) => _driver.Canceled(_order, filledLots);

        public void Silence() => _driver.Pass(3);

        public void AnswerWith(int trade, long lots) => _driver.Report(_order, "canceled", lots, _driver.TradeOf(_order, $"T{trade}", lots));

        public void AnswerAbsent() => _driver.ReportAbsent(_order);
    }
}

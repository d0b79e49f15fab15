using System.Text.Json;
using Parallax.Domain;
using Parallax.Strategies.Cycles;
using Parallax.Strategies.Cycles.Screening;
using Parallax.Strategies.Sizing.Exact;

namespace Parallax.Strategies.Tests.Vectors;

/// <summary>The markets of a detection vector in a detector, read back the way the vectors list cycles.</summary>
internal sealed class VectorMarket
{
    private static readonly VenueId Venue = new("vectors");

    private readonly List<string> _ids;
    private readonly List<Instrument> _instruments = [];
    private readonly List<(decimal? Bid, decimal? Ask)> _best = [];
    private readonly CycleIndex _index;

    public VectorMarket(JsonElement input, IEnumerable<JsonElement> laterQuotes)
    {
        var markets = input.GetProperty("markets").EnumerateArray().ToList();
        _ids = [.. markets.Select(market => market.Text("id"))];
        var quotes = markets.Concat(laterQuotes).ToLookup(quote => quote.Text("id"));
        foreach (var market in markets)
        {
            _instruments.Add(new Instrument
            {
                Id = new InstrumentId(Venue, new Asset(market.Text("base")), new Asset(market.Text("quote")), InstrumentKind.Spot),
                Symbol = market.Text("id"),
                TickSize = Tick(quotes[market.Text("id")]),
                LotSize = 1m,
            });
        }

        // The vectors begin every cycle at its ordinally smallest asset.
        var options = new CycleOptions { LegsMax = input.GetProperty("maxLength").GetInt32(), PreferredStarts = [] };
        _index = CycleIndex.Of(_instruments, options);
        Detector = new CycleDetector(_index, _instruments, [.. markets.Select(market => market.Fee())]);
        foreach (var market in markets)
        {
            _best.Add((null, null));
            Quote(market.Text("id"), market);
        }
    }

    public CycleDetector Detector { get; }

    /// <summary>Hands a quote on; a side that it does not name keeps its price.</summary>
    public int Quote(string id, JsonElement quote)
    {
        var number = _ids.IndexOf(id);
        var bid = quote.TryGetProperty("bid", out _) ? quote.DecimalOrNone("bid") : _best[number].Bid;
        var ask = quote.TryGetProperty("ask", out _) ? quote.DecimalOrNone("ask") : _best[number].Ask;
        _best[number] = (bid, ask);
        var tick = _instruments[number].TickSize;
        Detector.OnBest(number, bid is not null, (long)((bid ?? 0m) / tick), ask is not null, (long)((ask ?? 0m) / tick));
        return number;
    }

    /// <summary>One entry for each asset path all of whose legs have a price: of several markets on a leg the best rate counts.</summary>
    public IReadOnlyList<Found> Cycles()
    {
        var byPath = new Dictionary<string, Found>();
        for (var id = 0; id < _index.Count; id++)
        {
            if (Detector.TryRate(id, isNet: true, out var rate))
            {
                var cycle = _index[id];
                var found = new Found(id, cycle, rate, Detector.IsOpen(id), [.. cycle.Legs.Select(leg => _ids[leg.Instrument])]);
                if (!byPath.TryGetValue(cycle.ToString(), out var best) || best.Rate < rate)
                {
                    byPath[cycle.ToString()] = found;
                }
            }
        }

        return [.. byPath.Values.OrderByDescending(found => found.Rate).ThenBy(found => string.Join(' ', found.Cycle.Assets), StringComparer.Ordinal)];
    }

    /// <summary>The largest power of ten on which all prices of a market stand.</summary>
    private static decimal Tick(IEnumerable<JsonElement> quotes)
    {
        var tick = 1m;
        foreach (var price in quotes.SelectMany(quote => new[] { quote.DecimalOrNone("bid"), quote.DecimalOrNone("ask") }).OfType<decimal>())
        {
            while (price % tick != 0m)
            {
                tick /= 10m;
            }
        }

        return tick;
    }

    public sealed record Found(int Id, Cycle Cycle, Rational Rate, bool IsOpen, IReadOnlyList<string> Markets)
    {
        public IEnumerable<string> Assets => Cycle.Assets.Select(asset => asset.Code);

        public IEnumerable<string> Sides => Cycle.Legs.Select(leg => leg.Side == Side.Buy ? "buy" : "sell");

        public bool Trades(string market) => Markets.Contains(market);
    }
}

using Parallax.Domain;
using Parallax.Simulation.Randomness;

namespace Parallax.Simulation.SeededMarket;

/// <summary>The assets and instruments of a generated market, the busiest instrument first.</summary>
/// <remarks>
/// Five hubs (USD, USDT, EUR, BTC, ETH) are quoted in each other; every further coin is quoted in all five, so that it takes part in
/// twenty directed triangles. The coins are named after real ones, their prices are not.
/// </remarks>
internal sealed class Listing
{
    private static readonly (string Code, double Value, double Step)[] Hubs =
    [
        ("USD", 1, 0), ("BTC", 60_000, 0.15e-4), ("ETH", 3_000, 0.2e-4), ("USDT", 1.0004, 0.01e-4), ("EUR", 1.08, 0.03e-4),
    ];

    private static readonly (int Base, int Quote)[] HubPairs =
    [
        (1, 0), (2, 0), (2, 1), (1, 3), (2, 3), (3, 0), (1, 4), (2, 4), (4, 0), (3, 4),
    ];

    private static readonly string[] Coins =
    [
        "SOL", "XRP", "ADA", "DOGE", "DOT", "LTC", "LINK", "AVAX", "ATOM", "XLM", "UNI", "TRX", "ALGO", "FIL", "AAVE", "NEAR", "ICP", "BCH",
        "ETC", "XMR", "MANA", "SAND", "GRT", "EOS", "XTZ", "FLOW", "APE", "CRV", "SNX", "COMP", "MKR", "ZEC", "DASH", "KSM", "ENJ", "BAT",
    ];

    private static readonly int[] CoinQuotes = [0, 3, 1, 4, 2];

    /// <summary>The first so many assets are the hubs.</summary>
    public const int HubCount = 5;

    public Listing(MarketTerms terms)
    {
        var random = new SeededRandom(terms.Seed, stream: 0x40);
        foreach (var hub in Hubs)
        {
            Assets.Add(new ListedAsset(new Asset(hub.Code), hub.Value, hub.Step));
        }

        for (var i = 0; Instruments.Count < terms.Instruments; i++)
        {
            if (i < HubPairs.Length)
            {
                List(terms, random, HubPairs[i].Base, HubPairs[i].Quote);
                continue;
            }

            var (coin, quote) = Math.DivRem(i - HubPairs.Length, CoinQuotes.Length);
            if (quote == 0)
            {
                var code = coin < Coins.Length ? Coins[coin] : $"C{coin + 1:D3}";
                var value = (1 + (9 * random.Unit())) * PowersOfTen.Of((int)random.Between(-2, 2));
                Assets.Add(new ListedAsset(new Asset(code), value, (0.4 + (0.8 * random.Unit())) * 1e-4));
            }

            List(terms, random, Assets.Count - 1, CoinQuotes[quote]);
        }
    }

    public List<ListedAsset> Assets { get; } = [];

    public List<ListedInstrument> Instruments { get; } = [];

    /// <summary>Whether an asset is one that people count their profit in: USD, USDT, EUR.</summary>
    public static bool IsMoney(int asset) => asset is 0 or 3 or 4;

    private void List(MarketTerms terms, SeededRandom random, int @base, int quote)
    {
        var (b, q) = (Assets[@base], Assets[quote]);

        // A tick of 0.01 to 1 bps of the price, a lot worth 0.1 to 1 cent.
        var tick = PowersOfTen.FloorExponent(b.Value / q.Value) - (random.Chance(0.5) ? 4 : 5);
        var lot = Math.Min(0, PowersOfTen.FloorExponent(0.01 / b.Value));
        var depth = (int)random.Between(10, 25);
        depth = terms.Depth ?? depth;
        var instrument = new Instrument
        {
            Id = new InstrumentId(terms.Venue, b.Asset, q.Asset, InstrumentKind.Spot),
            Symbol = $"{b.Asset}/{q.Asset}",
            TickSize = PowersOfTen.Decimal(tick),
            LotSize = PowersOfTen.Decimal(lot),
            QuantityMin = PowersOfTen.Decimal(lot + 3),
            NotionalMin = PowersOfTen.Decimal(PowersOfTen.FloorExponent(5 / q.Value)),
            PriceDecimals = Math.Max(0, -tick),
            QuantityDecimals = Math.Max(0, -lot),
            BookDepth = depth,
        }.Validated();

        // Four times what the fair price can move unseen: quotes always hold the fair price between them, so nothing pays unplanted.
        var unseen = b.StepMax + q.StepMax;
        Instruments.Add(new ListedInstrument
        {
            Instrument = instrument,
            Base = @base,
            Quote = quote,
            TickSize = PowersOfTen.Of(tick),
            UnseenMove = unseen,
            HalfSpread = Math.Max(4 * unseen * (1 + random.Unit()), 0.1e-4),
            LotValue = b.Value * PowersOfTen.Of(lot),
            TopNotional = (@base < HubCount ? 8_000 : 1_500) * (0.5 + random.Unit()),
            Depth = depth,
        });
    }
}

/// <param name="Value">In USD, at the start.</param>
/// <param name="StepMax">The largest relative move of the value at one event.</param>
internal sealed record ListedAsset(Asset Asset, double Value, double StepMax);

internal sealed record ListedInstrument
{
    public required Instrument Instrument { get; init; }

    /// <summary>Index of the asset.</summary>
    public required int Base { get; init; }

    /// <summary>Index of the asset.</summary>
    public required int Quote { get; init; }

    public required double TickSize { get; init; }

    /// <summary>The largest relative move of the fair price between two looks at it.</summary>
    public required double UnseenMove { get; init; }

    /// <summary>Relative distance from mid to best price.</summary>
    public required double HalfSpread { get; init; }

    /// <summary>USD a lot, at the start.</summary>
    public required double LotValue { get; init; }

    /// <summary>USD at a best price, on average.</summary>
    public required double TopNotional { get; init; }

    public required int Depth { get; init; }
}

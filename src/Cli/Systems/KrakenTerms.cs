using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Reporting.Sessions;
using Parallax.Trading.Engine;
using Parallax.Venues.Connectivity.Reconnecting;
using Parallax.Venues.Feeds;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Cli.Systems;

/// <summary>What a session needs to know of Kraken before it can begin: what is listed, what it costs, what is owned.</summary>
/// <param name="Fees">What taking costs, by pair; a market without a known fee is not in <paramref name="Listing"/>.</param>
/// <param name="Balances">What can be traded with now; empty without credentials.</param>
public sealed record KrakenTerms(KrakenListing Listing, FeeTable Fees, IReadOnlyDictionary<Asset, decimal> Balances)
{
    /// <summary>Asks the venue.</summary>
    /// <param name="symbols">Empty for every market that a cycle uses.</param>
    /// <param name="hasAccount">Whether <paramref name="rest"/> has credentials: then the account's own fees and balances are read.</param>
    /// <exception cref="UserErrorException">A symbol is not listed, or the venue did not answer.</exception>
    public static async Task<KrakenTerms> ReadAsync(
        KrakenRest rest, IReadOnlyList<string> symbols, int bookDepth, bool hasAccount, CancellationToken cancellation)
    {
        const int MostTraded = 250;
        try
        {
            var listing = symbols.Count > 0
                ? await KrakenInstruments.BySymbolAsync(rest, symbols, bookDepth, cancellation)
                : await KrakenInstruments.InCyclesAsync(rest, MostTraded, bookDepth, cancellation);
            var volume = hasAccount ? Answered(await rest.TradeVolumeAsync(listing.Pairs.Select(pair => pair.Key), cancellation), "TradeVolume") : null;
            var fees = listing.Pairs.Select(pair => KrakenFees.Taker(pair, volume)).ToList();
            var known = Enumerable.Range(0, fees.Count).Where(i => fees[i] is not null).ToList();
            if (known.Count == 0)
            {
                throw new UserErrorException("Kraken names no market whose fees are known; nothing can be traded.");
            }

            listing = listing with { Instruments = [.. known.Select(i => listing.Instruments[i])], Pairs = [.. known.Select(i => listing.Pairs[i])] };
            var byPair = known.ToDictionary(i => listing.Instruments[known.IndexOf(i)].Id.Pair, i => fees[i]!.Value, StringComparer.Ordinal);
            return new KrakenTerms(
                listing, new FeeTable(byPair.Values.MaxBy(terms => terms.Rate), byPair), hasAccount ? await BalancesAsync(rest, listing, cancellation) : new Dictionary<Asset, decimal>());
        }
        catch (Exception wrong) when (wrong is ArgumentException or VenueUnavailableException)
        {
            throw new UserErrorException(wrong.Message, ExitCodes.Failed, wrong);
        }
    }

    /// <summary>Tells the engine, through a feed's inlet and before the feed starts, what its numbers stand for.</summary>
    public void Define(IRecordSink inlet, long now)
    {
        var writer = new PayloadWriter();
        for (ushort number = 0; number < Listing.Instruments.Count; number++)
        {
            inlet.Append(InstrumentRecord.Header(number, now), InstrumentRecord.Write(writer, Listing.Instruments[number]));
        }
    }

    /// <summary>Pauses within the venue's budget of connections, for one connection.</summary>
    /// <param name="seed">Of the jitter: another for each connection.</param>
    public static ReconnectPolicy Reconnects(ulong seed) =>
        new(new ReconnectOptions(), new ConnectionBudget(KrakenLimits.ConnectionsPerTenMinutes, TimeSpan.FromMinutes(10)), seed);

    /// <summary>A feed's own figures as the page shows them; of two connections to one venue, what both counted.</summary>
    public static VenueHealth Health(FeedHealth feed, FeedHealth? orders = null) => new(
        KrakenInstruments.Venue,
        feed.State,
        feed.LastFrameTime,
        feed.ClockOffset,
        feed.RoundTrip,
        feed.Messages + (orders?.Messages ?? 0),
        feed.Reconnects + (orders?.Reconnects ?? 0),
        feed.ChecksumFailures,
        feed.Resynchronisations);

    private static async Task<IReadOnlyDictionary<Asset, decimal>> BalancesAsync(KrakenRest rest, KrakenListing listing, CancellationToken cancellation)
    {
        var balances = new Dictionary<Asset, decimal>();
        foreach (var (code, amounts) in Answered(await rest.BalancesAsync(cancellation), "BalanceEx"))
        {
            var (common, isTradable) = Venues.Kraken.Symbols.BalanceAsset(code, listing.Altnames);
            if (isTradable && amounts.Available > 0m && Asset.IsCode(common))
            {
                balances[new Asset(common)] = amounts.Available;
            }
        }

        return balances;
    }

    private static T Answered<T>(Venues.Kraken.Rest.RestAnswer<T> answer, string method)
        where T : class =>
        answer.Result ?? throw new VenueUnavailableException($"Kraken did not answer {method}: {answer.Malformed ?? string.Join(", ", answer.Errors)}");
}

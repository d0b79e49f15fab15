using Parallax.Domain;
using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Values;
using Spelling = Parallax.Venues.Kraken.Symbols;

namespace Parallax.Venues.Recordings.Symbols;

/// <summary>Decides what a listing is: the user's word first, then the user's list, then the recording's own, then its spelling and decimals.</summary>
internal sealed class InstrumentResolver(SymbolOverrides overrides, InstrumentList list, ImportLog log)
{
    /// <exception cref="RecordingException">The symbol cannot be split, or a venue's precision does not fit its tick.</exception>
    public Instrument Resolve(Listing listing)
    {
        var said = overrides.Find(listing.Symbol);
        var listed = list.Find(listing.Symbol);
        var own = listing.OwnTerms;
        var pair = said ?? Pair(listed) ?? Pair(own) ?? SymbolSplitter.Split(listing.Symbol)
            ?? throw new RecordingException(
                $"The symbol {listing.Symbol} of {listing.Venue} does not say what its base and quote are: "
                + $"give --symbol {listing.Symbol}=BASE/QUOTE, or a list with --instruments FILE.");
        if (listing.Venue == "kraken" && said is null && listed is null)
        {
            pair = new Pair(Common(pair.Base), Common(pair.Quote), pair.Kind);
        }

        var tick = listed?.TickSize ?? Step(listing, "tick", own?.TickSize, listing.Prices);
        var lot = listed?.LotSize ?? Step(listing, "lot", own?.LotSize, listing.Quantities);
        return new Instrument
        {
            Id = new InstrumentId(new VenueId(listing.Venue), pair.Base, pair.Quote, pair.Kind ?? listing.Kind ?? InstrumentKind.Spot),
            Symbol = listing.Symbol,
            TickSize = tick,
            LotSize = lot,
            QuantityMin = listed?.QuantityMin ?? own?.QuantityMin ?? 0m,
            NotionalMin = listed?.NotionalMin ?? own?.NotionalMin ?? 0m,
            PriceDecimals = Most(Grid.Decimals(tick), Decimals(listing, listing.Prices), listed?.PriceDecimals, own?.PriceDecimals),
            QuantityDecimals = Most(Grid.Decimals(lot), Decimals(listing, listing.Quantities), listed?.QuantityDecimals, own?.QuantityDecimals),
            BookDepth = listing.BookDepth,
            ContractMultiplier = listed?.ContractMultiplier ?? own?.ContractMultiplier ?? listing.ContractMultiplier ?? 1m,
        };
    }

    // Orders placed under an older, finer step still rest in books: what the venue lists today need not hold all its levels. The user's
    // own list is taken at its word.
    private decimal Step(Listing listing, string name, decimal? own, Listing.Decimals seen)
    {
        if (own is not { } listed)
        {
            return Grid.StepOf(Decimals(listing, seen));
        }

        if (Grid.Decimals(listed) >= seen.Significant)
        {
            return listed;
        }

        var finer = Grid.StepOf(seen.Significant);
        log.Note($"{listing.Symbol} of {listing.Venue}: levels off its {name} {listed} rest in its book, so its {name} on the tape is {finer}.");
        return finer;
    }

    private static int Most(int ofStep, int seen, int? listed, int? own) => Math.Max(Math.Max(ofStep, seen), Math.Max(listed ?? 0, own ?? 0));

    // Where trailing zeros are precision, they count: the venue's checksum is computed over them.
    private static int Decimals(Listing listing, Listing.Decimals seen) => listing.KeepsTrailingZeros ? seen.Written : seen.Significant;

    private static Pair? Pair(InstrumentTerms? terms) => terms is null ? null : new Pair(terms.Base, terms.Quote, terms.Kind);

    private static Asset Common(Asset asset) => new(Spelling.CommonCode(asset.Code));
}

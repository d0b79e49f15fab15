using Parallax.Domain;
using Parallax.Venues.Recordings.Values;

namespace Parallax.Venues.Recordings.Symbols;

/// <summary>One symbol of one venue as a recording names it, and what reading the recording taught about it.</summary>
internal sealed class Listing(string venue, string symbol)
{
    public string Venue { get; } = venue;

    public string Symbol { get; } = symbol;

    /// <summary>What the recording itself says of the symbol: an instrument channel, an HTTP answer.</summary>
    public InstrumentTerms? OwnTerms { get; set; }

    /// <summary>The kind of contract, where the messages' shape gives it away.</summary>
    public InstrumentKind? Kind { get; set; }

    /// <summary>Where it is not 1 and no list says so.</summary>
    public decimal? ContractMultiplier { get; set; }

    /// <summary>Levels a side that the feed keeps; zero for the whole book.</summary>
    public int BookDepth { get; set; }

    /// <summary>Whether trailing zeros are part of the venue's precision, over which it computes checksums.</summary>
    public bool KeepsTrailingZeros { get; set; }

    /// <summary>Whether it came in frames of the venue, so that a level left out would make a wrong book, rather than in rows that stand alone.</summary>
    public bool HasFrames { get; set; }

    /// <summary>Whether single trades are recorded, so that aggregated ones beside them would count twice.</summary>
    public bool HasSingleTrades { get; set; }

    public Decimals Prices { get; private set; }

    public Decimals Quantities { get; private set; }

    /// <summary>Whether anything was recorded for it that belongs on a tape.</summary>
    public bool IsUsed { get; private set; }

    public void Saw(in WireNumber price, in WireNumber quantity)
    {
        IsUsed = true;
        Prices = Prices.With(price);
        Quantities = Quantities.With(quantity);
    }

    public void Saw(Decimals prices, Decimals quantities)
    {
        Prices = Prices.With(prices);
        Quantities = Quantities.With(quantities);
    }

    /// <summary>A message without a number in it, such as a snapshot of an empty book.</summary>
    public void SawMessage() => IsUsed = true;

    /// <summary>The most decimals seen.</summary>
    /// <param name="Significant">Without trailing zeros.</param>
    /// <param name="Written">As written.</param>
    public readonly record struct Decimals(int Significant, int Written)
    {
        public Decimals With(in WireNumber number) => With(new Decimals(number.Decimals, number.DecimalsWritten));

        public Decimals With(Decimals other) => new(Math.Max(Significant, other.Significant), Math.Max(Written, other.Written));
    }
}

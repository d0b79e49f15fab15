using Parallax.Domain;
using Parallax.Strategies.Sizing.Exact;
using Parallax.Strategies.Sizing.Lots;

namespace Parallax.Strategies.Sizing;

/// <summary>What one leg trades on: the grid, the minimums and the fee of a market, and the direction. Made once, used for every size by one thread.</summary>
public sealed class LegTerms
{
    private readonly List<LotModel<Int128>> _models = [];
    private LegFactors? _factors;
    private (bool IsKnown, FlowTerms? Net, FlowTerms? Free) _flow;

    public required Side Side { get; init; }

    /// <summary>Quote per base; positive.</summary>
    public required decimal TickSize { get; init; }

    /// <summary>The step in which the book counts quantities, base; positive.</summary>
    public required decimal LotSize { get; init; }

    /// <summary>An order's quantity is a multiple of this many lots: above 1 where the book is finer than what may be ordered.</summary>
    public long OrderStepLots { get; init; } = 1;

    /// <summary>Smallest order quantity, base; zero for none.</summary>
    public decimal QuantityMin { get; init; }

    /// <summary>Smallest order notional at the traded prices, quote; zero for none.</summary>
    public decimal NotionalMin { get; init; }

    public required FeeTerms Fee { get; init; }

    public FeeAsset FeeAsset => Fee.AssetOn(Side);

    /// <summary>Whether the fee comes on top of what the leg spends (the other modes reduce what it receives, or touch neither).</summary>
    public bool IsFeeOnSpent => FeeAsset == (Side == Side.Buy ? FeeAsset.Quote : FeeAsset.Base);

    public bool IsFeeOnReceived => FeeAsset == (Side == Side.Buy ? FeeAsset.Base : FeeAsset.Quote);

    /// <summary>The factor by which the fee changes the rate; a third asset's fee shades it as if it were taken from what is received.</summary>
    public decimal FeeFactor => IsFeeOnSpent ? 1m + Fee.Rate : 1m - Fee.Rate;

    public static LegTerms Of(Instrument instrument, Side side, FeeTerms fee) => new()
    {
        Side = side,
        TickSize = instrument.TickSize,
        LotSize = instrument.LotSize,
        QuantityMin = instrument.QuantityMin,
        NotionalMin = instrument.NotionalMin,
        Fee = fee,
    };

    /// <summary>Decimals that make every amount of the spent and of the received asset whole on this leg.</summary>
    internal (int Spent, int Received) Decimals => Factors.Decimals;

    /// <summary>Of these terms, for those who ask often.</summary>
    internal LegFactors Factors => _factors ??= new LegFactors(this);

    /// <summary>What an amount is counted by on its way through the book, with fees or as if there were none; <see langword="null"/> when 128 bits do not hold it.</summary>
    internal FlowTerms? Flow(bool hasFee)
    {
        if (!_flow.IsKnown)
        {
            _flow = (true, FlowTerms.Of(this, FeeFactor), FlowTerms.Of(this, 1m));
        }

        return hasFee ? _flow.Net : _flow.Free;
    }

    /// <summary>The terms in whole numbers of such units, kept for the next time; <see langword="null"/> when 128 bits do not hold them.</summary>
    internal LotModel<Int128>? ModelFor(int spentDecimals, int receivedDecimals)
    {
        foreach (var model in _models)
        {
            if (model.SpentDecimals == spentDecimals && model.ReceivedDecimals == receivedDecimals)
            {
                return model;
            }
        }

        try
        {
            _models.Add(new LotModel<Int128>(this, spentDecimals, receivedDecimals));
            return _models[^1];
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}

using System.Collections.Immutable;
using Parallax.Domain;

namespace Parallax.Simulation.Fills;

/// <summary>What the simulated venue charges for taking: the terms of each instrument.</summary>
public sealed class FeeModel
{
    private readonly ImmutableArray<FeeTerms> _terms;
    private readonly ThirdFeeAsset? _third;

    /// <param name="terms">By instrument number.</param>
    /// <param name="third">Needed when an instrument's fee is charged in a third asset.</param>
    /// <exception cref="ArgumentException">An instrument charges in a third asset and none is given.</exception>
    public FeeModel(IEnumerable<FeeTerms> terms, ThirdFeeAsset? third = null)
    {
        _terms = [.. terms];
        _third = third;
        for (var i = 0; i < _terms.Length; i++)
        {
            if (_terms[i].Mode == FeeMode.Third && third is null)
            {
                throw new ArgumentException($"Instrument {i} charges its fee in a third asset, but no such asset is given.", nameof(third));
            }
        }
    }

    /// <summary>The same terms on every instrument.</summary>
    public static FeeModel Uniform(int instrumentCount, FeeTerms terms) => new(Enumerable.Repeat(terms, instrumentCount));

    /// <summary>The asset that pays for a fill.</summary>
    public Asset AssetOn(ushort number, Instrument instrument, Side side) => _terms[number].AssetOn(side) switch
    {
        FeeAsset.Base => instrument.Base,
        FeeAsset.Quote => instrument.Quote,
        _ => _third!.Asset,
    };

    /// <summary>The fee on all that an order has traded so far.</summary>
    /// <param name="quantity">Base.</param>
    /// <param name="notional">Quote.</param>
    /// <returns>
    /// In the fee's own asset, rounded up to the terms' step once per order: a fill is charged what its trade adds to this, so that three
    /// fills of one order never cost three roundings. A fee kept from what the order brings is at most all of it, however coarse the step.
    /// </returns>
    public decimal Charged(ushort number, Side side, decimal quantity, decimal notional)
    {
        var terms = _terms[number];
        return terms.AssetOn(side) switch
        {
            FeeAsset.Base => Charged(terms, quantity, isReceived: side == Side.Buy),
            FeeAsset.Quote => Charged(terms, notional, isReceived: side == Side.Sell),
            _ => terms.On(notional / _third!.PriceIn(number)),
        };
    }

    private static decimal Charged(FeeTerms terms, decimal amount, bool isReceived) =>
        isReceived ? decimal.Min(terms.On(amount), amount) : terms.On(amount);
}

/// <summary>An asset, such as an exchange's own coin, that pays fees on instruments that trade other assets.</summary>
/// <param name="asset">The asset charged.</param>
/// <param name="priceByInstrument">What one of it is worth in the quote of each instrument, by instrument number; positive.</param>
public sealed class ThirdFeeAsset(Asset asset, IEnumerable<decimal> priceByInstrument)
{
    private readonly ImmutableArray<decimal> _prices = [.. priceByInstrument];

    public Asset Asset { get; } = asset;

    public decimal PriceIn(ushort number) => _prices[number];
}

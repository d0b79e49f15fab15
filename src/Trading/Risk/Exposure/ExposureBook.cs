using System.Runtime.InteropServices;
using Parallax.Domain;

namespace Parallax.Trading.Risk.Exposure;

/// <summary>An amount that a plan left in an asset where it was not meant to stay.</summary>
/// <param name="Amount">Negative where it is owed.</param>
/// <param name="Cost">What it was worth when it was left, reporting currency; zero where nobody knew.</param>
public readonly record struct Residual(Asset Asset, decimal Amount, decimal Cost);

/// <summary>What is at risk now: the inputs of open plans, in every asset and market they pass through, and what earlier plans left behind.</summary>
/// <remarks>Reporting currency. A plan counts with its whole input everywhere it goes, which is more than it ever holds there.</remarks>
public sealed class ExposureBook
{
    private readonly Dictionary<Asset, decimal> _byAsset = [];
    private readonly Dictionary<int, decimal> _byMarket = [];
    private readonly Dictionary<VenueId, decimal> _byVenue = [];
    private readonly SortedDictionary<Asset, Left> _residuals = [];
    private decimal _inPlans;
    private int _plans;

    /// <summary>Worth of everything left behind, whatever its sign.</summary>
    public decimal InResiduals { get; private set; }

    public decimal Total => _inPlans + InResiduals;

    /// <summary>What is left behind has gained since it was left; negative is a loss.</summary>
    public decimal Unrealised { get; private set; }

    public IEnumerable<Residual> Residuals => _residuals.Select(one => new Residual(one.Key, one.Value.Amount, one.Value.Cost));

    public decimal In(Asset asset) => _plans == 0 && _residuals.Count == 0
        ? 0m
        : _byAsset.GetValueOrDefault(asset) + (_residuals.TryGetValue(asset, out var left) ? decimal.Abs(left.Worth) : 0m);

    public decimal In(int market) => _byMarket.GetValueOrDefault(market);

    /// <summary>What was left behind counts at every venue: nobody says where it lies.</summary>
    public decimal At(VenueId venue) => _byVenue.GetValueOrDefault(venue) + InResiduals;

    /// <summary>The asset with the most at risk; null when nothing is.</summary>
    public (Asset Asset, decimal AtRisk)? Largest
    {
        get
        {
            (Asset Asset, decimal AtRisk)? largest = null;
            foreach (var asset in _byAsset.Keys.Concat(_residuals.Keys).Distinct().Order())
            {
                largest = largest is null || In(asset) > largest.Value.AtRisk ? (asset, In(asset)) : largest;
            }

            return largest is { AtRisk: > 0m } ? largest : null;
        }
    }

    /// <param name="sign">1 when the plan opens, -1 when it closes, with the same amount.</param>
    public void Count(ReadOnlySpan<Asset> assets, ReadOnlySpan<ushort> markets, VenueId venue, decimal notional, int sign)
    {
        _plans += sign;
        if (_plans == 0)
        {
            // Exactly nothing, whatever the sums were rounded to.
            _byAsset.Clear();
            _byMarket.Clear();
            _byVenue.Clear();
            _inPlans = 0m;
            return;
        }

        var change = sign * notional;
        foreach (var asset in assets)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_byAsset, asset, out _) += change;
        }

        foreach (var market in markets)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_byMarket, market, out _) += change;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(_byVenue, venue, out _) += change;
        _inPlans += change;
    }

    /// <summary>Something was left, or what was left became less. An amount that comes to zero is forgotten with its gain.</summary>
    /// <returns>What is left of the asset now.</returns>
    public Residual Leave(Asset asset, decimal amount, decimal cost)
    {
        var before = _residuals.GetValueOrDefault(asset);
        var now = new Left(before.Amount + amount, before.Cost + cost, before.Worth + cost);
        if (now.Amount == 0m)
        {
            _residuals.Remove(asset);
            now = default;
        }
        else
        {
            _residuals[asset] = now;
        }

        Sum();
        return new Residual(asset, now.Amount, now.Cost);
    }

    /// <summary>Values what is left at the prices of now; an asset without a price keeps its last worth.</summary>
    public void Mark(Func<Asset, decimal?> price)
    {
        if (_residuals.Count == 0)
        {
            return;
        }

        foreach (var asset in _residuals.Keys.ToArray())
        {
            if (price(asset) is { } now)
            {
                var left = _residuals[asset];
                _residuals[asset] = left with { Worth = left.Amount * now };
            }
        }

        Sum();
    }

    private void Sum()
    {
        InResiduals = Unrealised = 0m;
        foreach (var left in _residuals.Values)
        {
            InResiduals += decimal.Abs(left.Worth);
            Unrealised += left.Worth - left.Cost;
        }
    }

    private readonly record struct Left(decimal Amount, decimal Cost, decimal Worth);
}

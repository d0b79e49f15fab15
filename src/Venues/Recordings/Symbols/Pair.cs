using Parallax.Domain;

namespace Parallax.Venues.Recordings.Symbols;

/// <summary>What a symbol stands for.</summary>
/// <param name="Kind"><see langword="null"/> when the text does not say.</param>
public sealed record Pair(Asset Base, Asset Quote, InstrumentKind? Kind)
{
    /// <summary>Reads <c>BTC/USD</c>, optionally with <c>:perp</c>, <c>:inverse</c> or <c>:future</c> behind it, as <see cref="InstrumentId.Pair"/> writes it.</summary>
    public static bool TryParse(string text, out Pair? pair)
    {
        pair = null;
        var parts = text.Split(':');
        var assets = parts[0].Split('/');
        if (parts.Length > 2 || assets.Length != 2 || !Asset.IsCode(assets[0]) || !Asset.IsCode(assets[1]))
        {
            return false;
        }

        InstrumentKind? kind = null;
        if (parts.Length == 2)
        {
            kind = parts[1] switch
            {
                "spot" => InstrumentKind.Spot,
                "perp" => InstrumentKind.LinearPerpetual,
                "inverse" => InstrumentKind.InversePerpetual,
                "future" => InstrumentKind.Future,
                _ => null,
            };
            if (kind is null)
            {
                return false;
            }
        }

        pair = new Pair(new Asset(assets[0]), new Asset(assets[1]), kind);
        return true;
    }
}

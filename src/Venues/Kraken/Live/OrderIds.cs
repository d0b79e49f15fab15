using System.Globalization;
using Parallax.Trading.Execution;

namespace Parallax.Venues.Kraken.Live;

/// <summary>Ids as the venue writes them and as order events hold them.</summary>
internal static class OrderIds
{
    /// <summary>Reads our own id back: <c>px</c> and sixteen hexadecimal digits. Any other is somebody else's order.</summary>
    public static bool TryParse(string? text, out ClientOrderId id)
    {
        id = default;
        if (text is not { Length: 18 } || !text.StartsWith("px", StringComparison.Ordinal)
            || !ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        id = new ClientOrderId(value);
        return true;
    }

    /// <summary>A number for a trade's id, the same whether the feed or REST told of it.</summary>
    /// <param name="executionId"><c>TNN62M-MNUAC-QJHZ3G</c>: more than 64 bits, so it is hashed (FNV-1a). It only has to differ within one order.</param>
    public static ulong TradeNumber(string executionId)
    {
        var hash = 14_695_981_039_346_656_037ul;
        foreach (var character in executionId)
        {
            hash = (hash ^ character) * 1_099_511_628_211ul;
        }

        return hash;
    }
}

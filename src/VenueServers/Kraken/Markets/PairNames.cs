using System.Text;
using Parallax.Domain;

namespace Parallax.VenueServers.Kraken.Markets;

/// <summary>The spellings of one pair: <c>BTC/USD</c> on WebSocket v2, <c>XXBTZUSD</c> as a REST key, <c>XBTUSD</c>, <c>XBT/USD</c>.</summary>
internal sealed record PairNames(AssetNames Base, AssetNames Quote, string Symbol, string Key, string Altname, string Wsname)
{
    /// <summary><see cref="Symbol"/> as it stands in a JSON string, without the quotes.</summary>
    public byte[] SymbolUtf8 { get; } = Encoding.ASCII.GetBytes(Symbol);

    public static PairNames Of(Instrument instrument)
    {
        var (@base, quote) = (AssetNames.Of(instrument.Base), AssetNames.Of(instrument.Quote));
        var altname = @base.Altname + quote.Altname;

        // Two old assets keep their prefixes in the key. Dogecoin against money does not, Tether against the dollar does: so they were listed.
        var isPrefixed = (@base.IsLegacy && quote.IsLegacy && !(@base.Altname == "XDG" && quote.IsMoney)) || altname == "USDTUSD";
        return new PairNames(
            @base, quote, $"{instrument.Base}/{instrument.Quote}", isPrefixed ? @base.Key + quote.Key : altname, altname, $"{@base.Altname}/{quote.Altname}");
    }
}

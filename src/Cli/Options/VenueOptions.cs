using System.CommandLine;
using Parallax.Cli.Config;
using Parallax.Trading.Risk;

namespace Parallax.Cli.Options;

/// <summary>Whose market a session trades on, for the verbs that take a venue.</summary>
internal sealed class VenueOptions
{
    private readonly Option<string> _venue = new("--venue") { Description = "Whose market: kraken.", HelpName = "venue", DefaultValueFactory = _ => "kraken" };

    private readonly Option<string?> _endpoint = new("--endpoint") { Description = "A server that speaks the venue's protocol, instead of the venue: http://127.0.0.1:8080.", HelpName = "URL" };

    private readonly Option<string?> _symbols = new("--symbols") { Description = "Markets, written BTC/USD and separated by commas. Default: the most traded that close cycles.", HelpName = "A/B,C/D" };

    public VenueOptions() => _venue.AcceptOnlyFromAmong("kraken");

    public IEnumerable<Option> All => [_venue, _endpoint, _symbols];

    /// <summary>The settings that were named, as the command line says them.</summary>
    public IEnumerable<(string Option, string Key, string Text)> Said(ParseResult parsed)
    {
        (Option<string?> Option, string Key)[] named = [(_endpoint, SettingCatalog.KrakenEndpoint.Key), (_symbols, SettingCatalog.KrakenSymbols.Key)];
        return named
            .Select(one => (one.Option.Name, one.Key, Text: parsed.GetValue(one.Option)))
            .Where(one => one.Text is not null)
            .Select(one => (one.Name, one.Key, one.Text!));
    }

    /// <summary>Asks the settings whether the venue may be traded on.</summary>
    /// <returns>The settings.</returns>
    /// <exception cref="UserErrorException">The venue is switched off, and the session's strategy would trade there (E13).</exception>
    public ParallaxSettings Allowed(ParseResult parsed, ParallaxSettings settings) => settings.Kraken.IsEnabled
        ? settings
        : throw new UserErrorException(
            $"The strategy {RiskBook.Strategy} would trade on {parsed.GetValue(_venue)}, which is switched off: {SettingCatalog.KrakenEnabled.Key} is off. Nothing was started.",
            ExitCodes.RefusedForSafety);
}

using System.CommandLine;
using Parallax.Domain;
using Parallax.Venues.Connectivity.Reconnecting;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Cli.Market;

/// <summary>Which venue's public data a verb reads, and from where.</summary>
internal sealed class FeedOptions
{
    private const int MostTraded = 30;

    private readonly Option<string> _venue = new("--venue")
    {
        Description = "Whose data: kraken.",
        HelpName = "venue",
        DefaultValueFactory = _ => "kraken",
        CustomParser = result =>
        {
            if (result.Tokens[0].Value != "kraken")
            {
                result.AddError($"--venue takes kraken; found '{result.Tokens[0].Value}'.");
            }

            return "kraken";
        },
    };

    private readonly Option<string[]> _symbols = new("--symbols")
    {
        Description = $"Markets, written BTC/USD and separated by commas. Default: those of the {MostTraded} most traded that close triangles.",
        HelpName = "A/B,C/D",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
    };

    private readonly Option<int> _depth = new("--depth")
    {
        Description = $"Levels a side: {string.Join(", ", KrakenLimits.BookDepths)}.",
        HelpName = "levels",
        DefaultValueFactory = _ => KrakenLimits.BookDepths[0],
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, out var depth) && KrakenLimits.BookDepths.Contains(depth))
            {
                return depth;
            }

            result.AddError($"--depth takes one of {string.Join(", ", KrakenLimits.BookDepths)}; found '{result.Tokens[0].Value}'.");
            return KrakenLimits.BookDepths[0];
        },
    };

    private readonly Option<Uri?> _endpoint = new("--endpoint")
    {
        Description = "A server that speaks the venue's protocol, instead of the venue: http://127.0.0.1:8080.",
        HelpName = "URL",
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var root) && (root.Scheme == Uri.UriSchemeHttp || root.Scheme == Uri.UriSchemeHttps))
            {
                return root;
            }

            result.AddError($"--endpoint takes an address such as http://127.0.0.1:8080; found '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    public IEnumerable<Symbol> All => [_venue, _symbols, _depth, _endpoint];

    public string Venue(ParseResult parsed) => parsed.GetValue(_venue)!;

    public KrakenEndpoints Endpoints(ParseResult parsed) => parsed.GetValue(_endpoint) is { } root ? KrakenEndpoints.At(root) : KrakenEndpoints.Live;

    /// <exception cref="UserErrorException">A symbol that the venue does not list.</exception>
    /// <exception cref="VenueUnavailableException">The venue does not answer.</exception>
    public async Task<IReadOnlyList<Instrument>> InstrumentsAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var rest = new KrakenRest(Endpoints(parsed).Rest, null, TimeProvider.System, Seed);
        var depth = parsed.GetValue(_depth);
        try
        {
            var listing = parsed.GetValue(_symbols) is { Length: > 0 } symbols
                ? await KrakenInstruments.BySymbolAsync(rest, symbols, depth, cancellation)
                : await KrakenInstruments.InCyclesAsync(rest, MostTraded, depth, cancellation);
            return listing.Instruments.Count > 0
                ? listing.Instruments
                : throw new UserErrorException("The venue lists no markets that close triangles; name some with --symbols.");
        }
        catch (ArgumentException wrong)
        {
            throw new UserErrorException(wrong.Message.Split(" (Parameter", 2)[0], ExitCodes.Failed, wrong);
        }
    }

    public static ReconnectPolicy Reconnects() =>
        new(new ReconnectOptions(), new ConnectionBudget(KrakenLimits.ConnectionsPerTenMinutes, TimeSpan.FromMinutes(10)), Seed);

    /// <summary>Only spreads clients that lost the venue together, so each process has its own.</summary>
    private static ulong Seed => (ulong)Environment.ProcessId;
}

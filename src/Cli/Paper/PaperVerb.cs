using System.CommandLine;
using Parallax.Cli.Options;
using Parallax.Cli.Sessions;
using Parallax.Cli.Systems;
using Parallax.Venues.Kraken.Live;

namespace Parallax.Cli.Paper;

public static class PaperVerb
{
    public static Command Create()
    {
        var session = new SessionOptions();
        var venue = new VenueOptions();
        return Verb.Create(
            "paper",
            "Trades on a venue's live books with a simulated venue to fill the orders: no keys, no money.",
            "parallax paper --venue kraken --for 10m",
            [.. venue.All, .. session.All],
            async (parsed, cancellation) =>
            {
                var options = new PaperOptions
                {
                    Settings = venue.Allowed(parsed, session.Read(parsed, PaperSystem.Mode, PaperSystem.Defaults, venue.Said(parsed))),
                    IsHeadless = session.IsHeadless(parsed),
                };
                await using var paper = await PaperSystem.StartAsync(options, TimeProvider.System, cancellation);
                return await SessionRun.ToTheEndAsync(paper, session, parsed, output => WelcomeAsync(output, options, paper), cancellation);
            });
    }

    private static async Task WelcomeAsync(TextWriter output, PaperOptions options, PaperSystem paper)
    {
        var now = paper.Session.Current;
        var root = options.Settings.Kraken.Endpoint ?? KrakenEndpoints.Live.Rest;
        await output.WriteLineAsync($"Parallax paper, session {now.Session}: live books of kraken ({root}),\norders to a simulated venue. No order leaves this machine.");
        if (paper.Desk.OperatorAddress is { } page)
        {
            await output.WriteLineAsync($"\n  Page  {page}\n");
        }

        await output.WriteLineAsync($"Journal, tape and database: {Path.GetDirectoryName(now.Journal)}\nA second start goes on there. Ctrl-C ends it.");
        await output.FlushAsync();
    }
}

using System.CommandLine;
using Parallax.Cli.Keys;
using Parallax.Cli.Options;
using Parallax.Cli.Sessions;
using Parallax.Cli.Systems;
using Parallax.Venues.Kraken.Live;

namespace Parallax.Cli.Live;

public static class LiveVerb
{
    internal static Command Create(ITypedInput? typed)
    {
        var session = new SessionOptions();
        var venue = new VenueOptions();
        var key = new Option<string?>("--key") { Description = "Name of the account's key in the vault; never the key itself.", HelpName = "NAME" };
        return Verb.Create(
            "live",
            "Runs on a real account, disarmed: plans are sized and judged, nothing is sent until 'parallax arm'.",
            "parallax live --venue kraken",
            [.. venue.All, key, .. session.All],
            async (parsed, cancellation) =>
            {
                var settings = venue.Allowed(parsed, session.Read(parsed, LiveSystem.Mode, LiveSystem.Defaults, venue.Said(parsed)));
                var questions = new Questions(typed ?? new ConsoleInput(), parsed.InvocationConfiguration.Error, cancellation);
                var options = new LiveOptions
                {
                    Settings = settings,
                    Key = KeySource.Find(settings.Keys, parsed.GetValue(key) ?? settings.Keys.KrakenName, questions, out _),
                    IsHeadless = session.IsHeadless(parsed),
                };
                await using var live = await LiveSystem.StartAsync(options, TimeProvider.System, cancellation);
                return await SessionRun.ToTheEndAsync(live, session, parsed, output => WelcomeAsync(output, options, live), cancellation);
            });
    }

    private static async Task WelcomeAsync(TextWriter output, LiveOptions options, LiveSystem live)
    {
        var now = live.Session.Current;
        var root = options.Settings.Kraken.Endpoint ?? KrakenEndpoints.Live.Rest;
        await output.WriteLineAsync($"Parallax live, session {now.Session}: a real account of kraken ({root}).\nDISARMED: plans are sized and judged, and nothing is sent.");
        if (live.Desk.OperatorAddress is { } page)
        {
            await output.WriteLineAsync($"\n  Page  {page}\n\nTo let it send orders:  parallax arm --for 1h --max-loss 50 --reason \"…\"");
        }
        else
        {
            await output.WriteLineAsync("Without page and API it cannot be armed: this is a dry run to its end.");
        }

        await output.WriteLineAsync($"\nJournal, tape and database: {Path.GetDirectoryName(now.Journal)}\nA second start goes on there, disarmed. Ctrl-C ends it.");
        await output.FlushAsync();
    }
}

using System.CommandLine;
using Parallax.Cli.Options;
using Parallax.Cli.Sessions;
using Parallax.Cli.Systems;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.Cli.Demo;

public static class DemoVerb
{
    public static Command Create()
    {
        var session = new SessionOptions();
        var seed = new Option<long?>("--seed")
        {
            Description = "Of the made-up market and of everyone in it.",
            HelpName = "N",
            CustomParser = result => Parse.Whole(result, 0, long.MaxValue, "seed"),
        };
        var instruments = new Option<long?>("--instruments")
        {
            Description = "Markets on the made-up venue, 3 to 2000. Default 30.",
            HelpName = "N",
            CustomParser = result => Parse.Whole(result, 3, 2_000, "number of markets"),
        };
        var faults = new Option<string?>("--faults") { Description = "What goes wrong on purpose: disconnect=0.001,checksum=0.0005.", HelpName = "FAULTS" };
        return Verb.Create(
            "demo",
            "Trades on a made-up market over real sockets, with a page to watch: no keys, no network, no money.",
            "parallax demo",
            [.. session.All, seed, instruments, faults],
            async (parsed, cancellation) =>
            {
                var options = new DemoOptions
                {
                    Settings = session.Read(parsed, DemoSystem.Mode, DemoSystem.Defaults),
                    Seed = (ulong)(parsed.GetValue(seed) ?? (long)new KrakenServerOptions().Seed),
                    Instruments = (int)(parsed.GetValue(instruments) ?? 30),
                    Faults = Faults(parsed.GetValue(faults)),
                    IsHeadless = session.IsHeadless(parsed),
                };
                await using var demo = await DemoSystem.StartAsync(options, TimeProvider.System, cancellation);
                return await SessionRun.ToTheEndAsync(demo, session, parsed, output => WelcomeAsync(output, options, demo), cancellation);
            });
    }

    private static async Task WelcomeAsync(TextWriter output, DemoOptions options, DemoSystem demo)
    {
        var now = demo.Session.Current;
        await output.WriteLineAsync($"Parallax demo, session {now.Session}: {options.Instruments} made-up markets on a server that speaks\nKraken's protocol ({demo.Server}).");
        if (demo.Desk.OperatorAddress is { } page)
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync($"  Page  {page}");
            await output.WriteLineAsync();
        }

        await output.WriteLineAsync($"Journal, tape and database: {Path.GetDirectoryName(now.Journal)}\nA second start goes on there. Ctrl-C ends it.");
        await output.FlushAsync();
    }

    private static FaultTerms Faults(string? text)
    {
        try
        {
            return text is null ? FaultTerms.None : FaultTerms.Parse(text);
        }
        catch (FormatException wrong)
        {
            throw new UserErrorException($"--faults: {wrong.Message}", ExitCodes.WrongUsage, wrong);
        }
    }
}

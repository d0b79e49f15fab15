using System.CommandLine;
using Parallax.Cli.Keys;
using Parallax.Cli.Operating;
using Parallax.Cli.Options;
using Parallax.Domain;
using Parallax.Reporting.Sessions;
using Parallax.Venues.Kraken.Live;

namespace Parallax.Cli.Live;

public static class ArmVerb
{
    internal static Command Create(ITypedInput? typed)
    {
        var instances = new InstanceOptions();
        var reason = ReasonOption.Create();
        var duration = new Option<TimeSpan?>("--for")
        {
            Description = "How long it stays armed: 30m, 8h; up to a day.",
            HelpName = "TIME",
            Required = true,
            CustomParser = result => Parse.Duration(result),
        };
        var loss = new Option<decimal?>("--max-loss")
        {
            Description = "What plans may lose before it disarms by itself, in the reporting currency.",
            HelpName = "AMOUNT",
            Required = true,
            CustomParser = result =>
            {
                if (!Parse.TryDecimal(result.Tokens[0].Value, out var amount) || amount <= 0m)
                {
                    result.AddError($"--max-loss takes an amount above zero; found '{result.Tokens[0].Value}'.");
                }

                return amount;
            },
        };
        return Verb.Create(
            "arm",
            "Lets a running live session send orders: after every check, and after the operator typed that he means it.",
            "parallax arm --for 8h --max-loss 100 --reason \"first hours\"",
            [duration, loss, reason, instances.Data],
            async (parsed, cancellation) =>
            {
                var instance = instances.Require(parsed);
                var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
                using var client = new SessionClient(instance.Address, instance.ReadToken(), TimeSpan.FromSeconds(30));
                var status = SessionJson.Read(await client.StatusAsync(cancellation), SessionStatus.Parse);
                var checklist = SessionJson.Read(await client.ChecklistAsync(cancellation), ArmingChecklist.Parse);
                if (!checklist.Real)
                {
                    throw new UserErrorException($"Orders of this {instance.Mode} session are not real: there is nothing to arm.", ExitCodes.RefusedForSafety);
                }

                foreach (var check in checklist.Checks)
                {
                    await output.WriteLineAsync($"  {(check.Passed ? "ok  " : "FAIL")}  {check.Name,-9} {check.Sentence}");
                }

                if (checklist.Checks.Any(check => !check.Passed))
                {
                    throw new UserErrorException("Not armed: every check has to pass.", ExitCodes.RefusedForSafety);
                }

                var lossMax = parsed.GetValue(loss)!.Value;
                var words = ArmingPhrase.For(KrakenInstruments.Venue, lossMax, new Asset(status.ReportingAsset));
                var questions = new Questions(typed ?? new ConsoleInput(), error, cancellation);
                if (!questions.IsTerminal && typed is null)
                {
                    throw new UserErrorException("Arming is typed by a person at a terminal; nothing is changed.", ExitCodes.RefusedForSafety);
                }

                await output.WriteLineAsync($"Orders will be real until {Until(parsed.GetValue(duration)!.Value)}.\nTo confirm, type:  {words}");
                await output.FlushAsync(cancellation);
                var answer = await client.ArmAsync(parsed.GetValue(duration)!.Value, lossMax, questions.Ask("Confirmation"), parsed.GetRequiredValue(reason), cancellation);
                if (!answer.IsDone)
                {
                    throw new UserErrorException($"Not armed: {answer.Sentence}", ExitCodes.RefusedForSafety);
                }

                await output.WriteLineAsync($"{instance.Mode}: {answer.Sentence}\nTo take it back: parallax disarm, or parallax kill. Both need --reason.");
                return ExitCodes.Done;
            });
    }

    private static string Until(TimeSpan duration) => $"{TimeProvider.System.GetUtcNow() + duration:yyyy-MM-dd HH:mm} UTC";
}

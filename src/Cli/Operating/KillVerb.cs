using System.CommandLine;
using System.Net;
using Parallax.Cli.Instance;

namespace Parallax.Cli.Operating;

public static class KillVerb
{
    public static Command Create()
    {
        var instances = new InstanceOptions();
        var reason = ReasonOption.Create();
        return Verb.Create(
            "kill",
            "Stops a running session: no plan is opened, and where orders are real nothing more is sent. Works without its page, too.",
            "parallax kill --reason \"spreads look wrong\"",
            [reason, instances.Data],
            async (parsed, cancellation) =>
            {
                var instance = instances.Require(parsed);
                var output = parsed.InvocationConfiguration.Output;
                using var client = new SessionClient(instance.Address, instance.ReadToken());
                var answer = await client.CommandAsync("kill", parsed.GetRequiredValue(reason), cancellation);
                if (answer.IsDone)
                {
                    await output.WriteLineAsync($"{instance.Mode}: {answer.Sentence}");
                    return ExitCodes.Done;
                }

                if (answer.Status == HttpStatusCode.Conflict)
                {
                    throw new UserErrorException($"The session refused: {answer.Sentence}", ExitCodes.RefusedForSafety);
                }

                // Whatever else came back, the session was not stopped by it.
                var file = new KillFile(instance.DataFolder);
                file.Write(parsed.GetRequiredValue(reason));
                await output.WriteLineAsync($"The page could not be asked: {answer.Sentence.TrimEnd('.')}.");
                await output.WriteLineAsync($"Wrote {file.Path} instead: the session looks for it every {KillFileWatcher.Interval.TotalMilliseconds:0} ms and opens no plan from then on.");
                return ExitCodes.Done;
            });
    }
}

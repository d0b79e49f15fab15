using System.CommandLine;
using Parallax.Cli.Operating;

namespace Parallax.Cli.Live;

public static class DisarmVerb
{
    public static Command Create()
    {
        var instances = new InstanceOptions();
        var reason = ReasonOption.Create();
        return Verb.Create(
            "disarm",
            "Makes a live session a dry run again; open plans are finished. 'kill' is for emergencies and works without the page.",
            "parallax disarm --reason \"end of day\"",
            [reason, instances.Data],
            async (parsed, cancellation) =>
            {
                var instance = instances.Require(parsed);
                using var client = new SessionClient(instance.Address, instance.ReadToken());
                var answer = await client.CommandAsync("disarm", parsed.GetRequiredValue(reason), cancellation);
                if (!answer.IsDone)
                {
                    throw new UserErrorException(
                        $"It may still be armed: {answer.Sentence.TrimEnd('.')}. To stop it whatever happens: parallax kill --reason …", ExitCodes.RefusedForSafety);
                }

                await parsed.InvocationConfiguration.Output.WriteLineAsync($"{instance.Mode}: {answer.Sentence}");
                return ExitCodes.Done;
            });
    }
}

using System.CommandLine;

namespace Parallax.Cli.Operating;

public static class ResetRiskVerb
{
    public static Command Create()
    {
        var instances = new InstanceOptions();
        var reason = ReasonOption.Create();
        return Verb.Create(
            "reset-risk",
            "Accepts the losses so far: a halt or a restriction by them ends; day, peak and streak begin anew.",
            "parallax reset-risk --reason \"the feed that caused them is fixed\"",
            [reason, instances.Data],
            async (parsed, cancellation) =>
            {
                var instance = instances.Require(parsed);
                using var client = new SessionClient(instance.Address, instance.ReadToken());
                var answer = await client.CommandAsync("reset-risk", parsed.GetRequiredValue(reason), cancellation);
                if (!answer.IsDone)
                {
                    throw new UserErrorException(
                        $"The losses are not reset: {answer.Sentence}", answer.IsAnswered ? ExitCodes.RefusedForSafety : ExitCodes.Failed);
                }

                await parsed.InvocationConfiguration.Output.WriteLineAsync($"{instance.Mode}: {answer.Sentence}");
                return ExitCodes.Done;
            });
    }
}

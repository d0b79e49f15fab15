using System.CommandLine;
using Parallax.Cli.Instance;

namespace Parallax.Cli.Operating;

public static class ResumeVerb
{
    public static Command Create()
    {
        var instances = new InstanceOptions();
        var reason = ReasonOption.Create();
        return Verb.Create(
            "resume",
            "Lets a stopped session open plans again. A halt by the engine's own check is not lifted by it.",
            "parallax resume --reason \"venue confirmed its prices\"",
            [reason, instances.Data],
            async (parsed, cancellation) =>
            {
                var output = parsed.InvocationConfiguration.Output;
                if (instances.Find(parsed) is not { } instance)
                {
                    return await WithoutSessionAsync(instances, parsed, output);
                }

                // First the file: a session that resumed beside it would not start again.
                var file = new KillFile(instance.DataFolder);
                var isRemoved = file.Exists;
                file.Remove();
                using var client = new SessionClient(instance.Address, instance.ReadToken());
                var answer = await client.CommandAsync("resume", parsed.GetRequiredValue(reason), cancellation);
                if (answer.IsDone)
                {
                    await output.WriteLineAsync($"{instance.Mode}: {answer.Sentence}{(isRemoved ? $" {file.Path} is removed." : "")}");
                    return ExitCodes.Done;
                }

                throw answer.IsAnswered
                    ? new UserErrorException($"The session refused: {answer.Sentence}", ExitCodes.RefusedForSafety)
                    : new UserErrorException(
                        $"Trading stays stopped: {answer.Sentence}.{(isRemoved ? $" {file.Path} is removed, so a session that is started anew trades." : "")}");
            });
    }

    /// <summary>Nothing runs; a file may keep the next session from trading.</summary>
    private static async Task<int> WithoutSessionAsync(InstanceOptions instances, ParseResult parsed, TextWriter output)
    {
        var stopped = instances.Folders(parsed).Select(folder => new KillFile(folder)).Where(file => file.Exists).ToList();
        if (stopped is [var file] && parsed.GetValue(instances.Data) is not null)
        {
            file.Remove();
            await output.WriteLineAsync($"No session runs there. {file.Path} is removed: the next one trades from its start.");
            return ExitCodes.Done;
        }

        throw new UserErrorException(stopped.Count == 0
            ? instances.NoneRuns(parsed)
            : $"No session runs. {stopped[0].Path} keeps the next one from trading; name its folder with --data to remove it.");
    }
}

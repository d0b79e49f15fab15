using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parallax.Cli.Instance;
using Parallax.Cli.Output;

namespace Parallax.Cli.Operating;

public static class StatusVerb
{
    public static Command Create()
    {
        var instances = new InstanceOptions();
        var url = new Option<Uri?>("--url")
        {
            Description = "Ask the session at this address instead of looking for one.",
            HelpName = "http://…",
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
                {
                    return address;
                }

                result.AddError($"--url takes an address with http:// or https://, such as http://127.0.0.1:9090; found '{result.Tokens[0].Value}'.");
                return null;
            },
        };
        var watch = new Option<bool>("--watch") { Description = "Go on once a second until Ctrl-C: in place on a terminal, else a line each." };
        var json = new Option<bool>("--json") { Description = "Print the answer as JSON; with --watch one line each." };
        return Verb.Create(
            "status",
            "Shows how a running session is: state, venues, money, open plans, books, latency.",
            "parallax status --watch",
            [watch, json, instances.Data, url],
            async (parsed, cancellation) =>
            {
                var output = parsed.InvocationConfiguration.Output;
                var instance = parsed.GetValue(url) is null ? instances.Require(parsed) : null;
                using var client = new SessionClient(parsed.GetValue(url) ?? instance!.Address, instance?.ReadToken());
                if (parsed.GetValue(watch))
                {
                    await new StatusWatch(client, instance, output, parsed.GetValue(json), TimeProvider.System).RunAsync(cancellation);
                    return ExitCodes.Done;
                }

                var answer = Answered(await client.StatusAsync(cancellation), instance);
                if (parsed.GetValue(json))
                {
                    await Json.WriteAsync(output, JsonNode.Parse(answer.Text)!);
                }
                else
                {
                    Terminal.On(output).Write(StatusScreen.Of(Read(answer, client)));
                }

                return ExitCodes.Done;
            });
    }

    /// <exception cref="UserErrorException">What answered is no session of ours.</exception>
    internal static SessionStatus Read(SessionAnswer answer, SessionClient client)
    {
        try
        {
            return SessionStatus.Parse(answer.Text);
        }
        catch (JsonException wrong)
        {
            throw new UserErrorException($"What answers at {client.Address} is no Parallax session of this version: {wrong.Message}", ExitCodes.Failed, wrong);
        }
    }

    private static SessionAnswer Answered(SessionAnswer answer, RunningInstance? instance)
    {
        if (answer.IsDone)
        {
            return answer;
        }

        var who = instance is null ? "" : $"The {instance.Mode} session runs (process {instance.Pid}), but ";
        throw new UserErrorException(answer.IsAnswered
            ? $"{who}{(instance is null ? "The" : "the")} status was not given: {answer.Sentence}"
            : $"{who}{answer.Sentence}.{(instance is null ? "" : " 'parallax kill' stops it all the same.")}");
    }
}

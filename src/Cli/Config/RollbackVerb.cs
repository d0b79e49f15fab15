using System.CommandLine;
using Parallax.Cli.Operating;

namespace Parallax.Cli.Config;

/// <summary><c>config rollback</c>: changes the settings of a running session back to those of an earlier version.</summary>
public static class RollbackVerb
{
    public static Command Create()
    {
        var instances = new InstanceOptions();
        var reason = ReasonOption.Create();
        var keep = SetVerb.KeepOption();
        var to = new Option<long>("--to")
        {
            Description = "The version to go back to ('config show --session' lists them); 1 for the settings that the session began with.",
            HelpName = "VERSION",
            Required = true,
        };
        return Verb.Create(
            "rollback",
            "Changes the settings of a running session back to those of an earlier version of it. That is another change, with a version of its own.",
            "parallax config rollback --to 1 --reason \"the market is calm again\"",
            [to, keep, reason, instances.Data],
            async (parsed, cancellation) =>
            {
                using var call = OperatorCall.Begin(instances, parsed, cancellation);
                return await call.SendAsync(HttpMethod.Post, "settings/rollback", parsed.GetValue(keep) ? "Nothing is kept" : "Nothing is changed", new Dictionary<string, object?>
                {
                    ["version"] = await SetVerb.LookedAtAsync(call, said: null, cancellation),
                    ["to"] = parsed.GetValue(to),
                    ["reason"] = parsed.GetRequiredValue(reason),
                    ["by"] = "cli",
                    ["keep"] = parsed.GetValue(keep),
                });
            });
    }
}

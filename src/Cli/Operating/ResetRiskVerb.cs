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
                using var call = OperatorCall.Begin(instances, parsed, cancellation);
                return await call.DoAsync("reset-risk", parsed.GetRequiredValue(reason), "The losses are not reset");
            });
    }
}

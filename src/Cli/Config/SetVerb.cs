using System.CommandLine;
using Parallax.Cli.Operating;

namespace Parallax.Cli.Config;

/// <summary><c>config set</c>: changes settings of a session that runs.</summary>
public static class SetVerb
{
    public static Command Create()
    {
        var instances = new InstanceOptions();
        var reason = ReasonOption.Create();
        var version = new Option<long?>("--version")
        {
            Description = "The version you looked at ('config show --session'); without it the one of this moment.",
            HelpName = "NUMBER",
        };
        var values = new Argument<Dictionary<string, string>>("KEY=VALUE")
        {
            Description = "Settings as in parallax.yaml: limits.min-edge-bps=4. All of them are taken or none.",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result =>
            {
                var read = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var token in result.Tokens)
                {
                    var sign = token.Value.IndexOf('=', StringComparison.Ordinal);
                    if (sign < 1 || !read.TryAdd(token.Value[..sign].Trim(), token.Value[(sign + 1)..].Trim()))
                    {
                        result.AddError(sign < 1
                            ? $"A setting is written KEY=VALUE, such as limits.min-edge-bps=4; found '{token.Value}'."
                            : $"{token.Value[..sign]} is set twice.");
                    }
                }

                return read;
            },
        };
        var keep = KeepOption();
        return Verb.Create(
            "set",
            "Changes limits and execution settings of a running session, from its next decision on until it ends, or for later ones too.",
            "parallax config set limits.min-edge-bps=4 limits.open-plans=2 --reason \"a calm market\" --keep",
            [values, keep, reason, version, instances.Data],
            async (parsed, cancellation) =>
            {
                using var call = OperatorCall.Begin(instances, parsed, cancellation);
                return await call.SendAsync(HttpMethod.Put, "settings", parsed.GetValue(keep) ? "Nothing is kept" : "Nothing is changed", new Dictionary<string, object?>
                {
                    ["version"] = await LookedAtAsync(call, parsed.GetValue(version), cancellation),
                    ["values"] = parsed.GetRequiredValue(values),
                    ["reason"] = parsed.GetRequiredValue(reason),
                    ["by"] = "cli",
                    ["keep"] = parsed.GetValue(keep),
                });
            });
    }

    /// <summary><c>--keep</c>.</summary>
    internal static Option<bool> KeepOption() => new("--keep")
    {
        Description = "Also write it to the settings file that the session was started with, for later sessions; comments and order stay.",
    };

    /// <param name="said">The version that the operator named; null for the one of now.</param>
    internal static async Task<long> LookedAtAsync(OperatorCall call, long? said, CancellationToken cancellation) =>
        said ?? SessionJson.Read<RunningSettings>(await call.Client.GetAsync("settings", cancellation)).Version;
}

/// <summary>What <c>/api/v1/settings</c> says, as far as it is shown.</summary>
internal sealed record RunningSettings
{
    public long Version { get; init; }

    public IReadOnlyList<Item> Settings { get; init; } = [];

    public IReadOnlyList<Change> Changes { get; init; } = [];

    public sealed record Item(string Key, string Value, string Unit, string Owner, string Allowed);

    public sealed record Change(long Version, Domain.UtcNanos Time, string Who, string Reason, IReadOnlyList<Difference> Differences);

    public sealed record Difference(string Key, string Before, string After);
}

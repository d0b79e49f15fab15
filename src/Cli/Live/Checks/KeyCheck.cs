using Parallax.Cli.Keys;
using Parallax.Reporting.Sessions;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Cli.Live.Checks;

/// <summary>The key still can query and trade, and still cannot withdraw: permissions change while a session runs.</summary>
internal sealed class KeyCheck(KrakenRest rest) : IArmingCheck
{
    public async Task<ArmingCheck> LookAsync(CancellationToken cancellation)
    {
        var answer = await rest.ApiKeyInfoAsync(cancellation);
        var verdict = answer.Result is { } info
            ? KeyVerdict.On(info)
            : new KeyVerdict(false, $"The venue did not say what the key may do: {answer.Malformed ?? string.Join(", ", answer.Errors)}.");
        return new ArmingCheck("key", verdict.IsUsable, verdict.Sentence);
    }
}

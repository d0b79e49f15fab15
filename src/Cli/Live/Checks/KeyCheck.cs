using Parallax.Cli.Keys;
using Parallax.Reporting.Sessions;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Cli.Live.Checks;

/// <summary>The key still can query and trade, and still cannot withdraw: permissions change while a session runs.</summary>
/// <remarks>An answer is good for some seconds: the account's few calls are for surveys and orders, however often somebody asks to arm.</remarks>
internal sealed class KeyCheck(KrakenRest rest, TimeProvider time) : IArmingCheck
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private Task<ArmingCheck>? _last;
    private long _asked;

    public Task<ArmingCheck> LookAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_last is null || time.GetElapsedTime(_asked) > GoodFor)
            {
                (_last, _asked) = (AskAsync(), time.GetTimestamp());
            }

            // Whoever goes away leaves the answer to the next who asks.
            return _last.WaitAsync(cancellation);
        }
    }

    private async Task<ArmingCheck> AskAsync()
    {
        var answer = await rest.ApiKeyInfoAsync(CancellationToken.None);
        var verdict = answer.Result is { } info
            ? KeyVerdict.On(info)
            : new KeyVerdict(false, $"The venue did not say what the key may do: {answer.Malformed ?? string.Join(", ", answer.Errors)}.");
        return new ArmingCheck("key", verdict.IsUsable, verdict.Sentence);
    }
}

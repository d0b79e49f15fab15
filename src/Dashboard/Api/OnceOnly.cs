using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Parallax.Dashboard.Api.Answers;

namespace Parallax.Dashboard.Api;

/// <summary>Keeps a request that comes twice from having two effects: the second one with the same <c>Idempotency-Key</c> gets the answer of the first.</summary>
/// <remarks>
/// A double click, a form that is sent again, a program that heard nothing and repeats itself. Answers are remembered for the newest
/// <see cref="KeysMax"/> keys of this session, refusals among them; a request without a key is done each time it comes. What is being done is
/// waited for, and a requester who hangs up stops nothing.
/// </remarks>
public sealed class OnceOnly
{
    public const string Header = "Idempotency-Key";

    /// <summary>On an answer that was given before.</summary>
    public const string RepeatedHeader = "Idempotency-Repeated";

    /// <summary>More than all connections together can have under way, so that one that is done can always be forgotten.</summary>
    public const int KeysMax = 1_024;

    private const int KeyLengthMax = 128;

    private readonly Lock _door = new();
    private readonly Dictionary<string, Known> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Keys that are remembered now.</summary>
    public int Count
    {
        get
        {
            lock (_door)
            {
                return _known.Count;
            }
        }
    }

    /// <summary>Around a route that changes something.</summary>
    public async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = http.Request.Headers[Header].ToString();
        if (HttpMethods.IsGet(http.Request.Method) || (key.Length == 0 && !http.Request.Headers.ContainsKey(Header)))
        {
            return await next(context);
        }

        if (key.Length is 0 or > KeyLengthMax || key.Any(c => c is < '!' or > '~'))
        {
            return Problems.Result(StatusCodes.Status400BadRequest, "bad-key", $"{Header} is 1 to {KeyLengthMax} printable characters without spaces.");
        }

        var asked = Asked(context);
        TaskCompletionSource<object?>? mine = null;
        Known known;
        lock (_door)
        {
            if (!_known.TryGetValue(key, out known!))
            {
                mine = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
                known = new Known(asked, mine.Task);
                _known.Add(key, known);
                _order.Enqueue(key);
                ForgetOldest();
            }
        }

        if (mine is not null)
        {
            return await DoAsync(key, mine, context, next);
        }

        if (known.Asked != asked)
        {
            return Problems.Result(StatusCodes.Status422UnprocessableEntity, "key-reused", $"This {Header} came with another request before; a new request has a new key.");
        }

        http.Response.Headers[RepeatedHeader] = "true";
        return await known.Answer.WaitAsync(http.RequestAborted);
    }

    private async Task<object?> DoAsync(string key, TaskCompletionSource<object?> mine, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            var answer = await next(context);
            mine.SetResult(answer);
            return answer;
        }
        catch (Exception wrong)
        {
            // A fault is no answer: whoever repeats it tries afresh, whoever waits learns of it.
            lock (_door)
            {
                _known.Remove(key);
            }

            mine.SetException(wrong);
            throw;
        }
    }

    private void ForgetOldest()
    {
        while (_known.Count > KeysMax)
        {
            var oldest = _order.Dequeue();
            if (_known.TryGetValue(oldest, out var known) && !known.Answer.IsCompleted)
            {
                _order.Enqueue(oldest);
            }
            else
            {
                _known.Remove(oldest);
            }
        }
    }

    /// <summary>The address and what was sent to it, without what the server itself brings along.</summary>
    private static string Asked(EndpointFilterInvocationContext context) =>
        context.HttpContext.Request.Path + string.Concat(
            context.Arguments.Where(argument => argument?.GetType().Namespace == typeof(ControlRequest).Namespace)
                .Select(argument => JsonSerializer.Serialize(argument, argument!.GetType())));

    private sealed record Known(string Asked, Task<object?> Answer);
}

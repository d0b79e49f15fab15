namespace Parallax.Journey.Tests;

/// <summary>Waiting for what another process does.</summary>
internal static class Patience
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks until the answer satisfies.</summary>
    /// <param name="what">Completes the sentence "… did not come within …".</param>
    /// <exception cref="TimeoutException">It never did; says what was found last.</exception>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> isEnough, TimeSpan limit, string what)
    {
        using var deadline = new CancellationTokenSource(limit);
        while (true)
        {
            var found = await ask();
            if (isEnough(found))
            {
                return found;
            }

            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"{what} did not come within {limit}; found last: {found}");
            }

            await Task.Delay(Look, CancellationToken.None);
        }
    }
}

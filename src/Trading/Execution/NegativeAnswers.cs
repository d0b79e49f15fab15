namespace Parallax.Trading.Execution;

/// <summary>A venue's answers that it does not know an order, until there are enough of them over a long enough time to call it never placed.</summary>
/// <remarks>
/// Both are needed: a venue's lists lag behind its matching, so many quick answers say no more than one (strategies/risk.md section 5: only after the
/// venue's propagation time). An answer that knows the order makes this worthless; a question without an answer changes nothing.
/// </remarks>
internal sealed class NegativeAnswers
{
    private long _firstTime;

    public int Count { get; private set; }

    /// <summary>Takes one more.</summary>
    /// <param name="now">UTC nanoseconds, never less than the last time.</param>
    /// <returns>Whether the order counts as never placed.</returns>
    public bool Take(long now, ExecutionSettings settings)
    {
        if (Count++ == 0)
        {
            _firstTime = now;
        }

        return Count >= settings.NotFoundAnswers && now - _firstTime >= settings.NotFoundNanosMin;
    }
}

using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Execution;

/// <content>What a venue says of trades afterwards.</content>
public sealed partial class PlanExecutor
{
    /// <summary>What a venue may still restate.</summary>
    internal BookedTrades Trades { get; } = new();

    /// <returns>Whether anything changed.</returns>
    internal bool Correct(in FeeCorrection told) => _restatements.Correct(told, Running);

    /// <returns>Whether anything changed.</returns>
    internal bool Reverse(in TradeReversal told)
    {
        if (!_restatements.Reverse(told, Running, out var plan))
        {
            return false;
        }

        if (plan is { Out.Count: 0 })
        {
            Proceed(plan);
        }

        return true;
    }

    private Plan? Running(int number) => _open.Find(plan => plan.Number == number);
}

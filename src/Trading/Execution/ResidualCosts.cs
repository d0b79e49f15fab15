using Parallax.Trading.Decisions;

namespace Parallax.Trading.Execution;

/// <summary>What each residual of a plan has cost. Together they carry exactly what the plan is out of pocket, so that nothing is lost or won before they are home.</summary>
internal static class ResidualCosts
{
    /// <summary>Finer than any asset that is spent.</summary>
    public const int Decimals = 8;

    /// <summary>
    /// What the plan is out of pocket is shared by what it holds, by marks where all of it has one, else in equal parts. What it was paid more than it spent
    /// is a profit, unless something is missing: then that was sold, not earned, and is carried below zero by what is missing.
    /// </summary>
    /// <param name="outstanding">Start asset that is out; negative is more than was ever spent.</param>
    /// <returns>One a remainder, zero for dust.</returns>
    public static decimal[] Of(decimal outstanding, ReadOnlySpan<Remainder> remainders)
    {
        var costs = new decimal[remainders.Length];
        var (marks, count, last) = (0m as decimal?, 0, -1);
        for (var i = 0; i < remainders.Length; i++)
        {
            if (Carries(remainders[i], outstanding))
            {
                (marks, count, last) = (marks + remainders[i].MarkInStart, count + 1, i);
            }
        }

        var left = outstanding;
        for (var i = 0; i <= last; i++)
        {
            if (Carries(remainders[i], outstanding))
            {
                costs[i] = i == last ? left
                    : decimal.Round(marks > 0m ? outstanding * remainders[i].MarkInStart!.Value / marks.Value : outstanding / count, Decimals);
                left -= costs[i];
            }
        }

        return costs;
    }

    private static bool Carries(in Remainder remainder, decimal outstanding) =>
        !remainder.IsDust && (outstanding > 0m ? remainder.Amount > 0m : outstanding < 0m && remainder.Amount < 0m);
}

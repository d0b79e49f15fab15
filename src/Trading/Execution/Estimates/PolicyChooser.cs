using System.Collections.Immutable;
using Parallax.Domain;
using Parallax.Strategies.Sizing;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Execution.Estimates;

/// <summary>Picks the policy with the highest expected value of those the inventory covers; of equal ones the simplest.</summary>
/// <remarks>Engine thread only. Asked once a plan, right before its money is set aside.</remarks>
internal sealed class PolicyChooser(ExecutionSettings settings, Reservations reservations, RouteEstimates estimates)
{
    /// <summary>What a route whose failures eat more than their share of the edge has to be expected to earn beyond the minimum, bps.</summary>
    private const decimal OverBudgetBps = 1m;

    private readonly ReservationLine[] _lines = new ReservationLine[ContinuousSizer.LegsMax];

    public bool IsChoosing => settings.PolicyChoosing == PolicyChoosing.ExpectedValue;

    /// <param name="assets">What each leg spends, in order.</param>
    /// <param name="best">What is expected of the best policy.</param>
    /// <param name="valueBpsMin">What its value has to reach.</param>
    /// <returns>False when no policy reaches the least expected value.</returns>
    public bool TryChoose(
        string cycle, ImmutableArray<Asset> assets, VenueId venue, SizedPath sized, out PolicyEstimate best, out decimal valueBpsMin)
    {
        var edgeBps = sized.Profit / sized.Spent * 10_000m;
        best = estimates.Of(cycle, ExecutionPolicy.Sequential, edgeBps);
        if (IsCovered(assets, venue, sized))
        {
            foreach (var policy in (ReadOnlySpan<ExecutionPolicy>)[ExecutionPolicy.Hybrid, ExecutionPolicy.Simultaneous])
            {
                var other = estimates.Of(cycle, policy, edgeBps);
                best = other.ValueBps > best.ValueBps ? other : best;
            }
        }

        valueBpsMin = settings.ExpectedValueBpsMin + (best.IsWithinLossBudget ? 0m : OverBudgetBps);
        return best.ValueBps >= valueBpsMin;
    }

    /// <summary>What a plan has to have set aside before its first order leaves.</summary>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<ReservationLine> LinesOf(ExecutionPolicy policy, ImmutableArray<Asset> assets, VenueId venue, SizedPath sized)
    {
        var lines = _lines.AsSpan(0, policy == ExecutionPolicy.Sequential ? 1 : sized.Legs.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = new ReservationLine(new Holding(assets[i], venue), sized.Legs[i].Spent);
        }

        return lines;
    }

    private bool IsCovered(ImmutableArray<Asset> assets, VenueId venue, SizedPath sized)
    {
        for (var i = 0; i < sized.Legs.Length; i++)
        {
            if (reservations.Available(new Holding(assets[i], venue)) < sized.Legs[i].Spent)
            {
                return false;
            }
        }

        return true;
    }
}

using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Risk.Exposure;

namespace Parallax.Trading.Risk;

/// <content>What plans left behind, until it has come to something.</content>
public sealed partial class RiskBook
{
    /// <summary>A plan that took something home is over.</summary>
    /// <param name="realised">Start asset.</param>
    public void OnResidualWorked(Opening.Residual worked, decimal realised, ReadOnlySpan<Remainder> remainders)
    {
        var asset = worked.Holding.Asset;
        var left = Exposure.Residuals.FirstOrDefault(residual => residual.Asset == asset);
        if (left.Amount == 0m)
        {
            return;
        }

        var price = _price(worked.StartAsset) ?? 0m;
        var (away, profit) = (worked.Amount, realised * price);
        foreach (ref readonly var remainder in remainders)
        {
            if (!remainder.IsDust)
            {
                (away, profit) = remainder.Asset == asset ? (away - remainder.Amount, profit) : (away, profit + Leave(remainder, price));
            }
        }

        var cost = left.Cost * decimal.Min(1m, away / left.Amount);
        profit -= cost;
        Write(Exposure.Leave(asset, -decimal.Min(away, left.Amount), -cost));
        Watched(() => Losses.Book(_journal.Now, profit, isFinal: false));
        _journal.Write(new LossRecorded(0, profit, Losses.Memory(_journal.Now)));
    }

    /// <summary>An operator keeps what was left behind as inventory: it is exposed no more, and what it lost until now is lost.</summary>
    /// <param name="amount">Negative is missing.</param>
    public void OnResidualKept(Asset asset, decimal amount)
    {
        var left = Exposure.Residuals.FirstOrDefault(residual => residual.Asset == asset);
        if (left.Amount == 0m || amount == 0m)
        {
            return;
        }

        var share = decimal.Clamp(amount / left.Amount, 0m, 1m);
        var (kept, cost) = share == 1m ? (left.Amount, left.Cost) : (amount, left.Cost * share);
        Write(Exposure.Leave(asset, -kept, -cost));
        // Without a price nothing is known to be lost.
        var profit = _price(asset) is { } price ? (kept * price) - cost : 0m;
        Watched(() => Losses.Book(_journal.Now, profit, isFinal: false));
        _journal.Write(new LossRecorded(0, profit, Losses.Memory(_journal.Now)));
    }

    /// <summary>All that a plan had left behind has come to something: now it was won or lost.</summary>
    /// <param name="result">Of the plan and all that belong to it, start asset.</param>
    public void OnPlanSettled(Asset startAsset, decimal result)
    {
        if (result == 0m)
        {
            return;
        }

        Watched(() => Losses.Count(_journal.Now, result));
        _journal.Write(new LossRecorded(0, 0m, Losses.Memory(_journal.Now)));
        if (-result * (_price(startAsset) ?? 0m) >= _limits.PlanLossMax)
        {
            Breakers.Trip(OfStrategy, _journal.Now, "plan-loss");
        }
    }

    /// <summary>It is worth what the way back would bring; where no book takes it, or where it is owed, the market's best price; without a price nothing.</summary>
    private decimal Leave(in Remainder remainder, decimal startPrice)
    {
        var worth = remainder.MarkInStart is { } mark ? mark * startPrice : remainder.Amount * (_price(remainder.Asset) ?? 0m);
        Write(Exposure.Leave(remainder.Asset, remainder.Amount, worth));
        return worth;
    }

    private void Write(in Residual residual) => _journal.Write(new ResidualRecorded(residual.Asset, residual.Amount, residual.Cost));
}

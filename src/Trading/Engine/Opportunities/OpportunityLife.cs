using Parallax.Strategies.Cycles;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Engine.Opportunities;

/// <summary>One opportunity from the moment its cycle pays to the moment it no longer does.</summary>
internal sealed class OpportunityLife(long number, int route, Cycle cycle, long openedTime)
{
    private List<RefusalReason>? _reasons;

    public long Number { get; } = number;

    /// <summary>The cycle's number among those that are watched.</summary>
    public int Route { get; } = route;

    public Cycle Cycle { get; } = cycle;

    public long OpenedTime { get; } = openedTime;

    /// <summary>Highest top-of-book edge after fees so far, bps.</summary>
    public decimal BestNetBps { get; private set; }

    /// <summary>The top-of-book edge after fees that was seen last, bps.</summary>
    public decimal LastNetBps { get; private set; }

    /// <summary>Highest profit it was sized to so far, start asset.</summary>
    public decimal BestProfit { get; private set; }

    /// <summary>What no plan on the books it was sized on could exceed: the highest of them, binary64, start asset.</summary>
    public double SizedMax { get; set; }

    /// <summary>The plan it became; zero while it became none.</summary>
    public int Plan { get; set; }

    public int Refusals { get; private set; }

    public void See(decimal netBps)
    {
        LastNetBps = netBps;
        BestNetBps = decimal.Max(BestNetBps, netBps);
    }

    public void SeeProfit(decimal profit) => BestProfit = decimal.Max(BestProfit, profit);

    public bool WasRefused(RefusalReason reason) => _reasons?.Contains(reason) == true;

    /// <summary>Refused once more for a reason of before.</summary>
    public void Refuse() => Refusals++;

    /// <returns>True when it was not refused for this reason before.</returns>
    public bool Refuse(RefusalReason reason)
    {
        Refusals++;
        if (WasRefused(reason))
        {
            return false;
        }

        (_reasons ??= []).Add(reason);
        return true;
    }
}

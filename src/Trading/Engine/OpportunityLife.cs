using Parallax.Strategies.Cycles;

namespace Parallax.Trading.Engine;

/// <summary>One opportunity from the moment its cycle pays to the moment it no longer does.</summary>
internal sealed class OpportunityLife(long number, Cycle cycle, long openedTime)
{
    private readonly List<string> _reasons = [];

    public long Number { get; } = number;

    public Cycle Cycle { get; } = cycle;

    public long OpenedTime { get; } = openedTime;

    /// <summary>Highest top-of-book edge after fees so far, bps.</summary>
    public decimal BestNetBps { get; private set; }

    /// <summary>Highest profit it was sized to so far, start asset.</summary>
    public decimal BestProfit { get; private set; }

    /// <summary>The plan it became; zero while it became none.</summary>
    public int Plan { get; set; }

    public int Refusals { get; private set; }

    public void See(decimal netBps) => BestNetBps = decimal.Max(BestNetBps, netBps);

    public void SeeProfit(decimal profit) => BestProfit = decimal.Max(BestProfit, profit);

    /// <returns>True when it was not refused for this reason before.</returns>
    public bool Refuse(string reason)
    {
        Refusals++;
        if (_reasons.Contains(reason))
        {
            return false;
        }

        _reasons.Add(reason);
        return true;
    }
}

using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Ledger;

namespace Parallax.Simulation.Drill.World;

/// <summary>What plans came to and what their trades did to the start asset, each as the journal tells it.</summary>
public sealed class ToldResults
{
    private readonly HashSet<(ulong Order, ulong Trade)> _ofNoPlan = [];

    /// <summary>Results of all plans, with what carries their residuals at cost.</summary>
    public decimal Results { get; private set; }

    /// <summary>Change of the start asset by trades of plans, corrected and reversed ones included.</summary>
    public decimal Changes { get; private set; }

    public void Take(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        switch (header.Kind)
        {
            case (byte)DecisionKind.PlanClosed:
                Results += PlanClosed.Read(ref reader).Result;
                break;
            case (byte)DecisionKind.PlanSettled:
                Results += PlanSettled.Read(ref reader).Change;
                break;
            case (byte)DecisionKind.PlanRestated:
                var restated = PlanRestated.Read(ref reader);
                Results += restated.After - restated.Before;
                break;
            case (byte)DecisionKind.Posted:
                Take(Posted.Read(ref reader));
                break;
        }
    }

    public void Clear()
    {
        _ofNoPlan.Clear();
        (Results, Changes) = (0m, 0m);
    }

    private void Take(in Posted posted)
    {
        if (posted is { Reason: PostingReason.Fill, Plan: 0 })
        {
            _ofNoPlan.Add((posted.Order.Value, posted.TradeId));
        }

        if (posted.Reason is PostingReason.Fill or PostingReason.FeeCorrection or PostingReason.TradeReversal && !_ofNoPlan.Contains((posted.Order.Value, posted.TradeId)))
        {
            foreach (ref readonly var line in posted.Lines.Span)
            {
                Changes += line.Account == Account.Holdings && line.Asset == DrillListings.Usd ? line.Amount : 0m;
            }
        }
    }
}

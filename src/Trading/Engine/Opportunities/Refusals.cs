using Parallax.Strategies.Cycles;
using Parallax.Trading.Decisions;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Engine.Opportunities;

/// <summary>Writes why an opportunity was not taken, once a reason, and has it looked at again later.</summary>
internal sealed class Refusals(DecisionWriter journal, EngineTotals totals, PlanSizer sizer, RefusalFollowUps? followUps)
{
    /// <param name="cycle">From the asset that would have been spent.</param>
    /// <param name="input">Start asset; zero when it was not sized. The same for <paramref name="profit"/>.</param>
    public void Write(OpportunityLife life, Cycle cycle, in Refused refused, decimal input = 0m, decimal profit = 0m)
    {
        if (life.Refuse(refused.Reason))
        {
            var code = refused.Reason.Code();
            totals.CountRefusal(code);
            journal.Write(new OpportunityRefused(life.Number, code, refused.Value, refused.Threshold, input, profit, cycle.Start));
            followUps?.Begin(life.Number, cycle, refused.Reason, input, sizer);
        }
    }
}

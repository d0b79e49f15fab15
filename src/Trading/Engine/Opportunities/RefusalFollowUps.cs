using Parallax.Domain;
using Parallax.Strategies.Cycles;
using Parallax.Trading.Decisions;
using Parallax.Trading.Ledger;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Engine.Opportunities;

/// <summary>Looks at refused opportunities again: what the same path would have made of the same input a little later. Nothing is decided by it.</summary>
/// <remarks>
/// Engine thread, woken by deadlines of its own. So many are followed at a time; beyond that a refusal is counted and let go, so that a
/// market in which everything is refused costs no more than a calm one. Its money is nobody's: books are read as they are.
/// </remarks>
internal sealed class RefusalFollowUps(
    EngineSettings settings, Markets markets, Treasury treasury, Deadlines deadlines, DecisionWriter journal, EngineTotals totals)
{
    /// <summary>In <see cref="Deadline.Plan"/>: no plan, and not the engine's other deadlines either.</summary>
    public const int Owner = -1;

    private const int OpenMax = 64;

    private static readonly int[] AfterMillis = [50, 250, 1_000];

    private readonly Followed?[] _open = new Followed?[OpenMax];
    private readonly FollowUp[] _looks = new FollowUp[AfterMillis.Length];
    private decimal _notionalMax = settings.Limits.NotionalMax;

    public void OnSettings(EngineSettings changed) => _notionalMax = changed.Limits.NotionalMax;

    /// <summary>Follows a refusal. Nothing happens where no size helps: a plan that the books had no lots, no depth or no price for.</summary>
    /// <param name="input">Start asset; zero where the plan was refused before it was sized: then it is sized for this alone.</param>
    /// <param name="sizer">By the fees of this moment; what it sized last is lost.</param>
    public void Begin(long number, Cycle cycle, RefusalReason reason, decimal input, PlanSizer sizer)
    {
        if (reason is RefusalReason.EmptyBook or RefusalReason.Lots or RefusalReason.NoEdgeOnDepth or RefusalReason.NoReportingPrice)
        {
            return;
        }

        var slot = Array.IndexOf(_open, null);
        if (slot < 0)
        {
            totals.FollowUpsLetGo++;
            return;
        }

        input = input > 0m ? input : InputOf(cycle, sizer);
        if (input > 0m)
        {
            var followed = _open[slot] = new Followed(number, cycle, reason, input, journal.Now);
            Wait(slot, followed);
        }
    }

    /// <summary>Takes a deadline of <see cref="Owner"/>.</summary>
    /// <param name="sizer">By the fees of this moment.</param>
    public void OnDeadline(in Deadline due, PlanSizer sizer)
    {
        var slot = (int)due.Token;
        if (_open[slot] is not { } followed)
        {
            return;
        }

        followed.Profits[followed.Looks] = ProfitOf(followed, sizer);
        followed.Looks++;
        if (followed.Looks < AfterMillis.Length)
        {
            Wait(slot, followed);
        }
        else
        {
            Close(slot, followed);
        }
    }

    /// <summary>The session is over: what was seen so far is written.</summary>
    public void CloseAll()
    {
        for (var slot = 0; slot < _open.Length; slot++)
        {
            if (_open[slot] is { } followed)
            {
                Close(slot, followed);
            }
        }
    }

    /// <summary>The size it would have had with the money that is free.</summary>
    private decimal InputOf(Cycle cycle, PlanSizer sizer)
    {
        var free = treasury.Reservations.Available(new Holding(cycle.Start, markets.Instrument(cycle.Legs[0].Instrument).Id.Venue));
        return free > 0m && markets.TryPrice(cycle.Start, settings.ReportingAsset, out var price) && price > 0m
            && sizer.TrySize(cycle, decimal.Min(free, _notionalMax / price), out var sized)
            ? sized.Spent
            : 0m;
    }

    private void Wait(int slot, Followed followed) =>
        deadlines.Set(followed.RefusedTime + (AfterMillis[followed.Looks] * UtcNanos.PerMillisecond), Owner, (ulong)slot);

    private void Close(int slot, Followed followed)
    {
        _open[slot] = null;
        for (var i = 0; i < followed.Looks; i++)
        {
            _looks[i] = new FollowUp(AfterMillis[i], followed.Profits[i]);
        }

        journal.Write(new RefusalFollowedUp(followed.Number, followed.Reason.Code(), followed.Input, _looks.AsMemory(0, followed.Looks)));
    }

    private decimal? ProfitOf(Followed followed, PlanSizer sizer)
    {
        foreach (var leg in followed.Cycle.Legs)
        {
            if (markets.Book(leg.Instrument).State != MarketData.Books.BookState.Live)
            {
                return null;
            }
        }

        return sizer.ProfitOf(followed.Cycle, followed.Input);
    }

    private sealed class Followed(long number, Cycle cycle, RefusalReason reason, decimal input, long refusedTime)
    {
        public long Number => number;

        public Cycle Cycle => cycle;

        public RefusalReason Reason => reason;

        public decimal Input => input;

        public long RefusedTime => refusedTime;

        public decimal?[] Profits { get; } = new decimal?[AfterMillis.Length];

        public int Looks { get; set; }
    }
}

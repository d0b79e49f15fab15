using Parallax.Domain;

namespace Parallax.Trading.Risk.Losses;

/// <summary>Profit and loss as risk counts it, and the trading state that follows. Source: strategies/risk.md section 2.</summary>
/// <remarks>
/// Daily means the UTC day, hourly the time (t - 1 h, t]. A heavier state comes at once, a lighter one after a hold; halted stays until an
/// operator resets it, or, where the day's loss caused it, until the day changes. Times must not decrease.
/// </remarks>
public sealed class LossBook
{
    private const long HourNanos = 3_600 * UtcNanos.PerSecond;
    private const long DayNanos = 24 * HourNanos;

    private LossTerms _terms;
    private readonly Queue<(long Time, decimal Profit)> _hour = new(64);
    private decimal _hourlyProfit;
    private decimal _realisedEquity;
    private decimal _dayStartEquity;
    private long _day = long.MinValue;
    private bool _isHaltedByDrawdown;

    /// <param name="startEquity">What everything is worth at the start; zero where nobody knows.</param>
    public LossBook(LossTerms terms, decimal startEquity)
    {
        _terms = terms;
        _realisedEquity = _dayStartEquity = Peak = startEquity;
    }

    /// <summary>Other terms hold from the next look on. A halt stays: an operator or the day lifts it, no other limit.</summary>
    public void Change(LossTerms terms) => _terms = terms;

    public RiskLevel Level { get; private set; }

    /// <summary>Since when the level holds, UTC nanoseconds.</summary>
    public long LevelSince { get; private set; }

    /// <summary>What stranded amounts have gained since they were left; negative is a loss.</summary>
    public decimal Unrealised { get; private set; }

    public decimal Equity => _realisedEquity + Unrealised;

    /// <summary>Highest equity since the start or the last reset.</summary>
    public decimal Peak { get; private set; }

    /// <summary>Equity at the beginning of the day.</summary>
    public decimal DayStartEquity => _dayStartEquity;

    /// <summary>Losing plans in a row, each with those that brought home what it left; a plan without profit or loss does not count.</summary>
    public int Streak { get; private set; }

    public decimal DailyLoss => decimal.Max(0m, _dayStartEquity - Equity);

    /// <summary>As of the last event; realised only.</summary>
    public decimal HourlyLoss => decimal.Max(0m, -_hourlyProfit);

    /// <summary>The same at a time not before the last event.</summary>
    public decimal HourlyLossAt(long now)
    {
        Forget(now);
        return HourlyLoss;
    }

    /// <summary>Share of the peak. Without a positive peak any loss is all of it.</summary>
    public decimal Drawdown => Peak > 0m ? (Peak - Equity) / Peak : Equity < Peak ? 1m : 0m;

    /// <summary>Why the level is what it is, as a stable word: <c>daily-loss</c>, <c>drawdown</c>, <c>loss-streak</c>, <c>calm</c>.</summary>
    public string Why { get; private set; } = "calm";

    /// <summary>Books what a plan came to.</summary>
    public void Add(long now, decimal profit) => Book(now, profit, isFinal: true);

    /// <summary>Books a profit or a loss.</summary>
    /// <param name="isFinal">It is all that its plan comes to, and counts in the streak; otherwise <see cref="Count"/> follows.</param>
    public void Book(long now, decimal profit, bool isFinal)
    {
        Roll(now);
        _realisedEquity += profit;
        if (profit != 0m)
        {
            _hour.Enqueue((now, profit));
            _hourlyProfit += profit;
        }

        Count(now, isFinal ? profit : 0m);
    }

    /// <summary>A plan was won or lost whose parts are booked already.</summary>
    public void Count(long now, decimal result)
    {
        Roll(now);
        Streak = result == 0m ? Streak : result < 0m ? Streak + 1 : 0;
        Follow(now);
    }

    /// <summary>Takes what stranded amounts have gained so far, all together, and the time: without it a level never becomes lighter.</summary>
    public void Mark(long now, decimal unrealised)
    {
        Roll(now);
        Unrealised = unrealised;
        Follow(now);
    }

    /// <summary>An operator accepts what was lost: peak and day begin at the present equity, and the level at active.</summary>
    public void Reset(long now)
    {
        Roll(now);
        Peak = _dayStartEquity = Equity;
        Streak = 0;
        _hour.Clear();
        _hourlyProfit = 0m;
        Enter(now, RiskLevel.Active, "reset");
    }

    /// <summary>The start equity became known after the first events.</summary>
    public void Base(decimal startEquity)
    {
        _realisedEquity += startEquity;
        _dayStartEquity += startEquity;
        Peak += startEquity;
    }

    /// <summary>What a later session has to know.</summary>
    public LossMemory Memory(long now)
    {
        Forget(now);
        return new LossMemory(Level, LevelSince, Why, _isHaltedByDrawdown, _realisedEquity, Unrealised, Peak, _dayStartEquity, _day, Streak, _hourlyProfit, now);
    }

    /// <summary>Brings back what an earlier session left; the hour's sum counts from the memory's time on, in one piece.</summary>
    public void Restore(in LossMemory memory)
    {
        (Level, LevelSince, Why, _isHaltedByDrawdown) = (memory.Level, memory.LevelSince, memory.Why, memory.IsHaltedByDrawdown);
        (_realisedEquity, Unrealised, Peak) = (memory.RealisedEquity, memory.Unrealised, memory.Peak);
        (_dayStartEquity, _day, Streak) = (memory.DayStartEquity, memory.Day, memory.Streak);
        _hour.Clear();
        _hourlyProfit = 0m;
        if (memory.HourlyProfit != 0m)
        {
            _hour.Enqueue((memory.TimeNanos, memory.HourlyProfit));
            _hourlyProfit = memory.HourlyProfit;
        }
    }

    private void Roll(long now)
    {
        Forget(now);
        var day = now / DayNanos;
        if (day <= _day)
        {
            return;
        }

        var isFirst = _day == long.MinValue;
        _day = day;
        if (isFirst)
        {
            return;
        }

        _dayStartEquity = Equity;
        if (Level == RiskLevel.Halted && !_isHaltedByDrawdown)
        {
            var (level, why) = Wanted();
            Enter(now, level, why);
        }
    }

    private void Forget(long now)
    {
        while (_hour.TryPeek(out var oldest) && oldest.Time <= now - HourNanos)
        {
            _hourlyProfit -= _hour.Dequeue().Profit;
        }
    }

    private void Follow(long now)
    {
        Peak = decimal.Max(Peak, Equity);
        var (level, why) = Wanted();
        if (level > Level)
        {
            Enter(now, level, why);
        }
        else if (level == RiskLevel.Halted)
        {
            // A drawdown on top of a day's loss outlasts the day.
            _isHaltedByDrawdown |= Drawdown >= _terms.DrawdownMax;
        }
        else if (level < Level && Level != RiskLevel.Halted && now - LevelSince >= _terms.HoldNanos)
        {
            Enter(now, level, why);
        }
    }

    private void Enter(long now, RiskLevel level, string why)
    {
        _isHaltedByDrawdown = level == RiskLevel.Halted && Drawdown >= _terms.DrawdownMax;
        (Level, LevelSince, Why) = (level, now, why);
    }

    private (RiskLevel Level, string Why) Wanted() =>
        Drawdown >= _terms.DrawdownMax ? (RiskLevel.Halted, "drawdown")
        : DailyLoss >= _terms.DailyLossMax ? (RiskLevel.Halted, "daily-loss")
        : DailyLoss >= 0.8m * _terms.DailyLossMax ? (RiskLevel.Restricted, "daily-loss")
        : Streak >= _terms.StreakMax ? (RiskLevel.Restricted, "loss-streak")
        : DailyLoss >= 0.5m * _terms.DailyLossMax ? (RiskLevel.Cautious, "daily-loss")
        : Drawdown >= 0.5m * _terms.DrawdownMax ? (RiskLevel.Cautious, "drawdown")
        : Streak >= 0.6m * _terms.StreakMax ? (RiskLevel.Cautious, "loss-streak")
        : (RiskLevel.Active, "calm");
}

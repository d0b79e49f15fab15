using Parallax.Dashboard.Words;
using Parallax.Trading.Decisions;

namespace Parallax.Dashboard.Alerts;

/// <summary>One thing that the journal holds and somebody should hear of.</summary>
/// <param name="Sequence">Of the journal record it stands for.</param>
/// <param name="Time">Of that record, UTC nanoseconds.</param>
public sealed record Alert(ulong Sequence, long Time, Notable What)
{
    /// <summary>One line: when, how grave, what.</summary>
    public override string ToString() => $"{Show.Clock(Time)} {Mark} {What.Text}";

    private string Mark => What.Weight switch
    {
        Weight.Critical => "‼",
        Weight.Warning => "!",
        _ => "·",
    };
}

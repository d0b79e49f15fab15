using Parallax.Trading.Decisions;

namespace Parallax.Dashboard.Alerts;

/// <summary>What one message to a channel says.</summary>
/// <param name="Origin">Which session speaks: its mode and machine.</param>
/// <param name="Alerts">Those that came together, oldest first; at least one.</param>
public sealed record AlertMessage(string Origin, IReadOnlyList<Alert> Alerts)
{
    private const int TitleMax = 120;
    private const int LineMax = 500;

    public Weight Weight => Alerts.Max(alert => alert.What.Weight);

    /// <summary>One line: the subject of an e-mail.</summary>
    public string Title => PlainText.OneLine(
        Alerts is [var only] ? $"{Origin}: {only.What.Text}" : $"{Origin}: {Alerts.Count} alerts, {Graver}", TitleMax);

    /// <summary>All of it in plain text, a line an alert.</summary>
    /// <param name="lengthMax">Characters, some hundreds at least; alerts that do not fit are counted, not told.</param>
    public string Body(int lengthMax)
    {
        var lines = new List<string> { PlainText.OneLine(Origin, TitleMax) };
        var left = lengthMax - lines[0].Length - "\n… and 1000 more".Length;
        foreach (var alert in Alerts)
        {
            var line = PlainText.OneLine(alert.ToString(), LineMax);
            left -= line.Length + 1;
            if (left < 0)
            {
                lines.Add($"… and {Alerts.Count - lines.Count + 1} more");
                break;
            }

            lines.Add(line);
        }

        return string.Join('\n', lines);
    }

    private string Graver => Weight switch
    {
        Weight.Critical => "some critical",
        Weight.Warning => "some warnings",
        _ => "for your notice",
    };
}

using Parallax.Cli.Output;
using Spectre.Console;

namespace Parallax.Cli.Doctor;

/// <summary>The findings as people read them: how bad, of what, what was found, and below it how to mend it.</summary>
internal static class DoctorText
{
    public static void Write(TextWriter output, IReadOnlyList<Finding> findings)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0) });
        foreach (var finding in findings)
        {
            grid.AddRow(new Text(finding.Severity.ToString().ToLowerInvariant(), StyleOf(finding.Severity)), new Text(finding.Check), new Text(finding.Sentence));
            if (finding.Mend is { } mend)
            {
                grid.AddRow(Text.Empty, Text.Empty, new Text($"→ {mend}", new Style(decoration: Decoration.Dim)));
            }
        }

        Terminal.On(output).Write(grid);
        output.WriteLine();
        var (warnings, failures) = (Count(Severity.Warn), Count(Severity.Fail));
        output.WriteLine(
            failures > 0 ? $"{Number(failures, "failure")}, {Number(warnings, "warning")}: sessions will not run as they should."
            : warnings > 0 ? $"No failure, {Number(warnings, "warning")}."
            : "All is well.");

        int Count(Severity severity) => findings.Count(finding => finding.Severity == severity);
    }

    private static string Number(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static Style StyleOf(Severity severity) => severity switch
    {
        Severity.Ok => new Style(Color.Green),
        Severity.Warn => new Style(Color.Yellow),
        _ => new Style(Color.Red, decoration: Decoration.Bold),
    };
}

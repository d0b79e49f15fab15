using Spectre.Console;

namespace Parallax.Cli.Output;

/// <summary>A console on a verb's own writer: color only when that is a terminal, never wider than 80 columns unless the terminal is.</summary>
public static class Terminal
{
    public static IAnsiConsole On(TextWriter writer)
    {
        var isTerminal = writer == Console.Out && !Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal)
        {
            // A file or a pipe has no width: tables take what they need.
            console.Profile.Width = 200;
        }

        return console;
    }

    /// <summary>A table in the house's look: no box, one line under the head.</summary>
    public static Table Table(params ReadOnlySpan<string> columns)
    {
        var table = new Table { Border = TableBorder.Simple, ShowHeaders = true };
        foreach (var column in columns)
        {
            // A leading '>' asks for right alignment: figures.
            var isFigure = column.StartsWith('>');
            var header = new TableColumn(new Text(isFigure ? column[1..] : column)) { NoWrap = true };
            table.AddColumn(isFigure ? header.RightAligned() : header);
        }

        return table;
    }

    /// <summary>Adds a row of plain text; nothing in it is read as markup.</summary>
    public static void AddPlainRow(this Table table, params IEnumerable<string> cells) => table.AddRow(cells.Select(cell => new Text(cell)));
}

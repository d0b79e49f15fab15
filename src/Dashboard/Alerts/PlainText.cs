namespace Parallax.Dashboard.Alerts;

/// <summary>Words from outside (a venue's text, an operator's reason) as they may stand in a message.</summary>
internal static class PlainText
{
    /// <summary>One line: what controls or breaks lines becomes a space, what is too long is cut.</summary>
    public static string OneLine(string text, int lengthMax)
    {
        var line = string.Create(text.Length, text, static (span, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                span[i] = char.IsControl(from[i]) || from[i] is '\u2028' or '\u2029' ? ' ' : from[i];
            }
        });
        return line.Length <= lengthMax ? line : string.Concat(line.AsSpan(0, lengthMax - 1), "…");
    }
}

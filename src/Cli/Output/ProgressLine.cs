using System.Diagnostics;

namespace Parallax.Cli.Output;

/// <summary>One line on standard error that is rewritten while long work runs; silent when standard error is not a terminal.</summary>
public sealed class ProgressLine<T>(TextWriter error, Func<T, TimeSpan, string> describe) : IProgress<T>
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly bool _isTerminal = error == Console.Error && !Console.IsErrorRedirected;
    private TimeSpan _shown = TimeSpan.FromMilliseconds(-1000);
    private int _width;

    public void Report(T value)
    {
        var elapsed = Stopwatch.GetElapsedTime(_started);
        if (!_isTerminal || elapsed - _shown < TimeSpan.FromMilliseconds(100))
        {
            return;
        }

        _shown = elapsed;
        var line = Fitting(describe(value, elapsed));
        error.Write($"\r{line.PadRight(_width)}");
        _width = line.Length;
    }

    /// <summary>A line that wraps cannot be rewritten: what does not fit is cut.</summary>
    private static string Fitting(string line)
    {
        const int WidthMin = 20;
        var width = Math.Max(WidthMin, Console.WindowWidth - 1);
        return line.Length <= width ? line : $"{line[..(width - 1)]}…";
    }

    /// <summary>Removes the line, so that what follows starts at the margin.</summary>
    public void Clear()
    {
        if (_width > 0)
        {
            error.Write($"\r{new string(' ', _width)}\r");
            _width = 0;
        }
    }
}

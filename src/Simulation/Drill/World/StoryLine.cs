using System.Globalization;
using System.Runtime.CompilerServices;

namespace Parallax.Simulation.Drill.World;

/// <summary>A line that is only put together where somebody reads it: a drill without a reader makes no strings.</summary>
[InterpolatedStringHandler]
public ref struct StoryLine
{
    private DefaultInterpolatedStringHandler _text;

    public StoryLine(int literalLength, int formattedCount, Story story, out bool isKept)
    {
        isKept = story.IsKept;
        _text = isKept ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
    }

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    internal string Text() => _text.ToStringAndClear();
}

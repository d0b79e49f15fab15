using System.Globalization;
using System.Runtime.CompilerServices;

namespace Parallax.Simulation.Drill.World;

/// <summary>What happened, line by line, for people; kept only where somebody wants to read it.</summary>
public sealed class Story(Agenda agenda, bool isKept)
{
    private readonly long _start = agenda.Now;
    private readonly List<string> _lines = [];

    /// <summary>Whether lines are kept.</summary>
    public bool IsKept { get; } = isKept;

    public IReadOnlyList<string> Lines => _lines;

    /// <inheritdoc cref="Say(string, string)"/>
    public void Say(string who, [InterpolatedStringHandlerArgument("")] StoryLine what)
    {
        if (IsKept)
        {
            Say(who, what.Text());
        }
    }

    /// <summary>Adds a line with the seconds since the start and who speaks.</summary>
    public void Say(string who, string what)
    {
        if (IsKept)
        {
            var micros = (agenda.Now - _start) / 1_000;
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{micros / 1_000_000,4}.{micros % 1_000_000:D6} #{agenda.Steps,-5} {who,-8} {what}"));
        }
    }
}

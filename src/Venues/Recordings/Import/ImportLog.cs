namespace Parallax.Venues.Recordings.Import;

/// <summary>What to do with a line that is not what its format promises.</summary>
public enum BadLinePolicy
{
    Stop = 0,

    /// <summary>Leave it out, count it, and say where the first ones stood.</summary>
    Skip = 1,
}

/// <summary>Something about a line that the user should know.</summary>
/// <param name="Line">Counted from 1.</param>
public sealed record LineRemark(string File, long Line, string Text)
{
    public override string ToString() => $"{File} line {Line}: {Text}.";
}

/// <summary>Collects what an import met on its way. One thread.</summary>
internal sealed class ImportLog(BadLinePolicy policy)
{
    private const int RemarksKept = 10;
    private const int NotesKept = 100;
    private const int KindsKept = 100;

    /// <summary>Beyond this many bad lines, there have to be more good ones: else the file is not of the format it is said to be.</summary>
    private const long BadLinesTrusted = 10_000;

    private readonly List<LineRemark> _badLines = [];
    private readonly List<LineRemark> _repeats = [];
    private readonly List<string> _notes = [];
    private readonly SortedDictionary<string, long> _ignored = new(StringComparer.Ordinal);

    public long BadLines { get; private set; }

    public long RepeatedLines { get; private set; }

    public IReadOnlyList<LineRemark> FirstBadLines => _badLines;

    public IReadOnlyList<LineRemark> FirstRepeatedLines => _repeats;

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Messages of kinds that no record is made of, by kind.</summary>
    public IReadOnlyDictionary<string, long> Ignored => _ignored;

    /// <summary>The first pass reads every line, so it is the one that remarks on lines; the second only makes records.</summary>
    public bool IsFirstPass { get; set; } = true;

    /// <param name="goodLines">Lines of the file taken so far.</param>
    /// <exception cref="RecordingException">The policy is to stop, or hardly a line is good.</exception>
    public void BadLine(string file, long line, string text, long goodLines)
    {
        var remark = new LineRemark(file, line, text);
        if (policy == BadLinePolicy.Stop)
        {
            throw new RecordingException($"{remark} (--on-error skip would leave it out.)");
        }

        if (!IsFirstPass)
        {
            return;
        }

        Count(remark);
        if (BadLines > BadLinesTrusted && goodLines < BadLines)
        {
            throw new RecordingException(
                $"{file}: {BadLines:N0} lines are bad and only {goodLines:N0} good, so this is not a recording of that format; the first is {_badLines[0]}");
        }
    }

    /// <summary>A value that does not stand on the instrument's grid: known only in the second pass, when the grid is.</summary>
    public void OffGrid(string file, long line, string text)
    {
        var remark = new LineRemark(file, line, text);
        if (policy == BadLinePolicy.Stop)
        {
            throw new RecordingException($"{remark} (--on-error skip would leave it out.)");
        }

        Count(remark);
    }

    public void RepeatedLine(string file, long line, string text)
    {
        if (!IsFirstPass)
        {
            return;
        }

        RepeatedLines++;
        if (_repeats.Count < RemarksKept)
        {
            _repeats.Add(new LineRemark(file, line, text));
        }
    }

    public void Ignore(string kind)
    {
        if (IsFirstPass && (_ignored.ContainsKey(kind) || _ignored.Count < KindsKept))
        {
            _ignored[kind] = _ignored.GetValueOrDefault(kind) + 1;
        }
    }

    /// <summary>One sentence about the recording as a whole; the caller sees to it that it comes once.</summary>
    public void Note(string sentence)
    {
        if (_notes.Count < NotesKept)
        {
            _notes.Add(sentence);
        }
    }

    private void Count(LineRemark remark)
    {
        BadLines++;
        if (_badLines.Count < RemarksKept)
        {
            _badLines.Add(remark);
        }
    }
}

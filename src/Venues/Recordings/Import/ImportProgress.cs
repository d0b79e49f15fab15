namespace Parallax.Venues.Recordings.Import;

/// <summary>How far an import is: bytes of all files, each counted twice, for both passes read it.</summary>
internal sealed class ImportProgress
{
    private const double StepMin = 0.005;

    private readonly IProgress<double>? _target;
    private readonly Dictionary<string, long> _read = [];
    private readonly double _total;
    private long _done;
    private double _reported;

    public ImportProgress(IReadOnlyList<string> files, IProgress<double>? target)
    {
        _target = target;
        _total = 2.0 * files.Sum(file => File.Exists(file) ? new FileInfo(file).Length : 0L);
    }

    /// <param name="position">Bytes of the file read in this pass.</param>
    public void Report(string file, long position)
    {
        if (_target is null || _total == 0)
        {
            return;
        }

        var before = _read.GetValueOrDefault(file);
        if (position == before)
        {
            return;
        }

        _read[file] = position;
        _done += position - before;
        var fraction = _done / _total;
        if (fraction >= _reported + StepMin)
        {
            _reported = fraction;
            _target.Report(Math.Min(1.0, fraction));
        }
    }

    /// <summary>The first pass is through with a file: the second counts from its start.</summary>
    public void Finish(string file)
    {
        if (_target is not null)
        {
            _done += (File.Exists(file) ? new FileInfo(file).Length : 0L) - _read.GetValueOrDefault(file);
            _read[file] = 0;
        }
    }
}

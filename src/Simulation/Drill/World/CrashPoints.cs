namespace Parallax.Simulation.Drill.World;

/// <summary>Where the program was ordered to die, and has not yet.</summary>
public sealed class CrashPoints(DrillWorld world)
{
    private readonly List<CrashPoint> _ordered = [];

    /// <summary>The power goes with it, when the program dies at the point that it passed last.</summary>
    public bool LosesPower { get; set; }

    public void Add(CrashPoint point) => _ordered.Add(point);

    /// <summary>Dies here where that was ordered, unless nothing goes wrong any more.</summary>
    /// <param name="kind">Of the record that is written; zero elsewhere.</param>
    /// <exception cref="CrashException">It was.</exception>
    internal void Pass(CrashPlace place, byte kind = 0)
    {
        for (var i = 0; i < _ordered.Count && !world.IsCalm; i++)
        {
            var point = _ordered[i];
            if (point.Place != place || (point.Kind != 0 && point.Kind != kind))
            {
                continue;
            }

            if (point.Times > 1)
            {
                _ordered[i] = point with { Times = point.Times - 1 };
                continue;
            }

            _ordered.RemoveAt(i);
            LosesPower = point.LosesPower;
            throw new CrashException($"at {place}{(kind == 0 ? "" : $" of record kind {kind}")}");
        }
    }
}

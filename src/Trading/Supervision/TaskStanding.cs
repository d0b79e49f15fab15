using Parallax.Domain;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Supervision;

/// <summary>Which tasks do not run: without its feed and its orders a venue is not traded. Engine thread only.</summary>
public sealed class TaskStanding
{
    private readonly SortedDictionary<string, TaskReport> _down = new(StringComparer.Ordinal);
    private int _venueTasksDown;

    /// <summary>The tasks that failed or stay stopped, by name.</summary>
    public IReadOnlyCollection<TaskReport> Down => _down.Values;

    /// <summary>Whether every task runs on which orders depend.</summary>
    public bool AreVenuesServed => _venueTasksDown == 0;

    internal void Take(TaskReport report)
    {
        var name = $"{report.Venue?.Name} {report.Task}";
        if (report.State == TaskState.Running)
        {
            _down.Remove(name);
        }
        else
        {
            _down[name] = report;
        }

        _venueTasksDown = _down.Values.Count(task => task.Venue is not null);
    }

    internal bool Refuses(VenueId venue, out Refused refused)
    {
        refused = default;
        // Asked for every opportunity, and looking through even an empty sorted dictionary allocates.
        if (AreVenuesServed)
        {
            return false;
        }

        foreach (var (_, report) in _down)
        {
            if (report.Venue == venue)
            {
                refused = new Refused(RefusalReason.TaskDown, report.Failures, 0m);
                return true;
            }
        }

        return false;
    }
}

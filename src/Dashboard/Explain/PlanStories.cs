using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Reporting.Journals;
using Parallax.Reporting.Plans;
using Parallax.Storage.Queries;

namespace Parallax.Dashboard.Explain;

/// <param name="Records">Every journal record the story is made of, in its order.</param>
public sealed record ToldPlan(PlanStory Story, IReadOnlyList<RawRecord> Records);

/// <param name="Line">Its fields as <c>name=value</c>.</param>
public sealed record RawRecord(ulong Sequence, long Time, string Name, string Line);

/// <summary>Reads the story of a plan out of the session's journal, while the session writes it.</summary>
/// <remarks>A journal is read from its start, so only so many readers at a time; what is told of a closed plan is kept for half a minute, as its venue may still restate it.</remarks>
public sealed class PlanStories(DashboardOptions options, TimeProvider time) : IDisposable
{
    private const int KeptMax = 32;
    private const int ReadersMax = 2;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);

    private readonly Lock _door = new();
    private readonly SemaphoreSlim _readers = new(ReadersMax);
    private readonly Queue<PlanKey> _order = new();
    private readonly Dictionary<PlanKey, (ToldPlan Told, long At)> _kept = [];

    /// <returns>Null when the journal holds no such plan, or is none.</returns>
    /// <exception cref="DamagedFileException">The journal is not what was written.</exception>
    public async Task<ToldPlan?> TellAsync(PlanKey plan, CancellationToken cancellation)
    {
        lock (_door)
        {
            if (_kept.TryGetValue(plan, out var known) && time.GetElapsedTime(known.At) < KeptFor)
            {
                return known.Told;
            }
        }

        await _readers.WaitAsync(cancellation);
        try
        {
            var told = await Task.Run(() => Read(plan), cancellation);
            if (told?.Story.Closed is not null)
            {
                Keep(plan, told);
            }

            return told;
        }
        finally
        {
            _readers.Release();
        }
    }

    public void Dispose() => _readers.Dispose();

    private void Keep(PlanKey plan, ToldPlan told)
    {
        lock (_door)
        {
            if (!_kept.ContainsKey(plan))
            {
                _order.Enqueue(plan);
                if (_order.Count > KeptMax)
                {
                    _kept.Remove(_order.Dequeue());
                }
            }

            _kept[plan] = (told, time.GetTimestamp());
        }
    }

    private ToldPlan? Read(PlanKey plan)
    {
        try
        {
            PlanStory? story;
            using (var journal = JournalReader.Open(options.JournalFolder))
            {
                story = PlanStory.Find(journal, plan.Plan, plan.Session);
            }

            return story is null ? null : new ToldPlan(story, Records(story));
        }
        catch (UnreadableFileException)
        {
            return null;
        }
    }

    private List<RawRecord> Records(PlanStory story)
    {
        var wanted = Sequences(story).ToHashSet();
        var records = new List<RawRecord>(wanted.Count);
        using var journal = JournalReader.Open(options.JournalFolder);
        while (records.Count < wanted.Count && journal.TryRead(out var record))
        {
            ref readonly var header = ref record.Header;
            if (wanted.Contains(header.Sequence))
            {
                records.Add(new RawRecord(header.Sequence, header.ReceivedTime, RecordDescription.Name(header.Kind), RecordDescription.Line(record)));
            }
        }

        return records;
    }

    private static IEnumerable<ulong> Sequences(PlanStory story) =>
    [
        .. story.Opportunity is { } opportunity ? [opportunity.Sequence] : Array.Empty<ulong>(),
        .. story.Refusals.Select(one => one.Sequence),
        story.Opened.Sequence,
        .. story.Books.Select(one => one.Sequence),
        .. story.Orders.Select(one => one.Sequence),
        .. story.Events.Select(one => one.Sequence),
        .. story.Postings.Select(one => one.Sequence),
        .. story.Decisions.Select(one => one.Sequence),
        .. story.Unknowns.Select(one => one.Sequence),
        .. story.Closed is { } closed ? [closed.Sequence] : Array.Empty<ulong>(),
        .. story.Restatements.Select(one => one.Sequence),
        .. story.WaysHome.Select(one => one.Sequence),
        .. story.Homecomings.Select(one => one.Sequence),
        .. story.Settlements.Select(one => one.Sequence),
    ];
}

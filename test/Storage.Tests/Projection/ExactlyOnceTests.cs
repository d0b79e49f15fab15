using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Storage.Projection;
using Parallax.Storage.Tests.Engines;
using Parallax.Storage.Tests.Journals;

namespace Parallax.Storage.Tests.Projection;

/// <summary>However often and wherever it is stopped, each record is projected once, and the rows are those of one go.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class ExactlyOnceTests(Databases databases)
{
    private static readonly SeededJournal Journal = SeededJournal.TwoSessions.Value;

    private static readonly JournalOptions SmallSegments = new() { SegmentSizeMax = 16 << 10, BlockRecordsMax = 50 };

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public void Killed_at_every_step_it_goes_on_exactly_where_it_stopped(string database)
    {
        using var bed = new StoreBed(databases, database);
        Journal.Write(bed.Journal, options: SmallSegments);
        // In the migration, in the first batch, between and in later ones.
        var crashes = bed.ProjectThroughCrashes(life => life == 260 ? 40 : life + 1, new ProjectorOptions { BatchRecordsMax = 17 });

        Assert.True(crashes > 50, $"{crashes} crashes");
        Assert.Equal(bed.Rebuilt(), bed.Dump());
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public void The_size_of_the_batches_does_not_show_in_the_rows(string database)
    {
        using var bed = new StoreBed(databases, database);
        Journal.Write(bed.Journal);

        bed.Project(new ProjectorOptions { BatchRecordsMax = 1 });

        Assert.Equal(bed.Rebuilt(), bed.Dump());
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public void A_cleared_database_is_made_again_with_the_same_rows(string database)
    {
        using var bed = new StoreBed(databases, database);
        Journal.Write(bed.Journal);
        var before = bed.Project().Dump();

        bed.Store.Clear();
        Assert.NotEqual(before, bed.Dump());

        Assert.Equal(before, bed.Project().Dump());
    }

    [PostgresFact]
    public void Both_databases_hold_the_same_rows()
    {
        using var sqlite = new StoreBed(databases, "sqlite");
        using var postgres = new StoreBed(databases, "postgres");
        Journal.Write(sqlite.Journal);
        Journal.Write(postgres.Journal);

        Assert.Equal(sqlite.Project().Dump(), postgres.Project().Dump());
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_journal_is_followed_while_it_is_written_over_segments_and_torn_tails(string database)
    {
        using var bed = new StoreBed(databases, database);
        using var stop = new CancellationTokenSource();
        var projector = new JournalProjector(bed.Store, bed.Journal, TimeProvider.System, new ProjectorOptions { Poll = TimeSpan.FromMilliseconds(1), BatchRecordsMax = 50 });
        var running = projector.RunAsync(stop.Token);
        for (var written = 0; written < Journal.Records.Count;)
        {
            // Writers come and go; each leaves a tail that a crash tore.
            var until = Math.Min(Journal.Records.Count, written + 200);
            using (var writer = JournalWriter.Open(bed.Journal, SmallSegments))
            {
                for (; written < until; written++)
                {
                    Journal.Append(writer, written, written + 1);
                    writer.Flush(written % 3 == 0 ? FlushPolicy.Os : FlushPolicy.Disk);
                }

                var sequence = (long)writer.Sequence;
                await Eventually.IsTrueAsync(() => projector.Health.Sequence == sequence, () => projector.Health);
            }

            var last = Directory.EnumerateFiles(bed.Journal, "*.journal").Max()!;
            await File.AppendAllBytesAsync(last, new byte[written % 39]);
        }

        await stop.CancelAsync();
        await running;
        Assert.Equal(ProjectorState.Following, projector.Health.State);
        Assert.Equal(bed.Rebuilt(), bed.Dump());
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public void Two_projectors_of_one_database_do_not_project_a_record_twice(string database)
    {
        using var bed = new StoreBed(databases, database);
        Journal.Write(bed.Journal);
        using var second = Store.Open(bed.Address);
        using var first = new ProjectionRun(bed.Store, bed.Journal);
        using var other = new ProjectionRun(second, bed.Journal);
        first.Step(10);

        Assert.ThrowsAny<Exception>(() => other.Step(10));

        while (first.Step(100) > 0)
        {
        }

        Assert.Equal(bed.Rebuilt(), bed.Dump());
    }
}

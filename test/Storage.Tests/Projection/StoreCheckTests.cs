using Dapper;
using Parallax.Journal.Chain;
using Parallax.Storage.Checks;
using Parallax.Storage.Tests.Engines;
using Parallax.Storage.Tests.Journals;

namespace Parallax.Storage.Tests.Projection;

[Collection(DatabaseCollection.Name)]
public sealed class StoreCheckTests(Databases databases)
{
    private static readonly SeededJournal Journal = SeededJournal.TwoSessions.Value;

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public void A_projected_store_is_what_the_journal_gives_also_when_it_lags(string database)
    {
        using var bed = new StoreBed(databases, database);
        Journal.Write(bed.Journal, to: 300);
        bed.Project();
        Journal.Write(bed.Journal, from: 300);

        var report = Check(bed);

        Assert.Null(report.Difference);
        Assert.Equal(StoreRows.All(bed.Store).Count(), report.Rows);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public void A_row_that_was_changed_removed_or_added_is_found(string database)
    {
        using var bed = new StoreBed(databases, database);
        Journal.Write(bed.Journal);
        foreach (var (table, change) in new[]
        {
            ("plans", "update plans set realised = realised || '1' where plan = 1 and session = 2"),
            ("fills", "delete from fills where sequence = (select max(sequence) from fills)"),
            ("audit", "insert into audit (sequence, session, time, action, text) values (1, 1, 1, 'kill', 'never')"),
        })
        {
            bed.Store.Clear();
            bed.Project();
            Assert.Null(Check(bed).Difference);
            using var connection = bed.Store.Database.Connect();
            // PostgreSQL does not glue a digit to a number.
            Assert.Equal(1, connection.Execute(database == "postgres" ? change.Replace("realised || '1'", "realised + 1", StringComparison.Ordinal) : change));

            var difference = Check(bed).Difference;

            Assert.Contains(table + ": ", difference, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public void A_store_of_another_journal_is_not_compared(string database)
    {
        using var bed = new StoreBed(databases, database);
        Journal.Write(bed.Journal);
        bed.Project();
        Directory.Delete(bed.Journal, recursive: true);
        Journal.Write(bed.Journal, to: 100);

        Assert.Throws<OtherJournalException>(() => Check(bed));
    }

    private static StoreCheckReport Check(StoreBed bed) => StoreCheck.Run(bed.Store, bed.Journal, TimeProvider.System, null, CancellationToken.None);
}

using System.Data.Common;
using Dapper;
using Parallax.Storage.Engines;
using Parallax.Storage.Migrations;
using Parallax.Storage.Tables;
using Parallax.Storage.Tests.Engines;
using Parallax.Storage.Tests.Journals;

namespace Parallax.Storage.Tests.Migrations;

[Collection(DatabaseCollection.Name)]
public sealed class MigrationTests(Databases databases)
{
    private static readonly Migration Next = Migration.Of("9999-more.sql", "-- Two statements.\ncreate table more (amount {money});\n\ncreate index more_by_amount on more (amount);\n");

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public void Migrating_twice_changes_nothing(string database)
    {
        using var bed = new StoreBed(databases, database);
        bed.Store.Migrate();
        bed.Store.Migrate();

        Assert.Equal(Migration.All.Count, Applied(bed));
        Assert.Equal(Catalog.All.Select(table => table.Name).Order(), Migrator.TableNames().Order());
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public void A_newer_program_adds_what_is_new(string database)
    {
        using var bed = new StoreBed(databases, database);
        bed.Store.Migrate();

        Run(bed, [.. Migration.All, Next]);

        Assert.Equal(Migration.All.Count + 1, Applied(bed));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public void A_database_from_before_the_start_assets_is_made_again_from_the_journal(string database)
    {
        using var bed = new StoreBed(databases, database);
        SeededJournal.TwoSessions.Value.Write(bed.Journal);
        Run(bed, [.. Migration.All.Take(2)]);
        using (var old = bed.Store.Database.Connect())
        {
            old.Execute(Catalog.Position.Insert, new PositionEntry(1, 1, 144, 64, 1, 1, 1, "seal", "hash"));
            old.Execute("insert into refusals values (1, 1, 1, 1, 'kill', 0, 0, 0, 0, 1)");
        }

        bed.Project();

        Assert.Equal(bed.Rebuilt(), bed.Dump());
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public void A_database_of_a_newer_version_is_refused(string database)
    {
        using var bed = new StoreBed(databases, database);
        Run(bed, [.. Migration.All, Next]);

        var refused = Assert.Throws<StoreException>(bed.Store.Migrate);

        Assert.Equal(
            $"The database has tables of version 9999; this program knows versions up to {Migration.All.Count}: use a newer one, or another database.", refused.Message);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public void A_migration_that_was_changed_is_refused(string database)
    {
        using var bed = new StoreBed(databases, database);
        Run(bed, [Migration.Of(Migration.All[0].Name, Migration.All[0].Text + "\n"), .. Migration.All.Skip(1)]);

        var refused = Assert.Throws<StoreException>(bed.Store.Migrate);

        Assert.Contains(Migration.All[0].Name, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public void A_migration_that_fails_half_way_leaves_nothing(string database)
    {
        using var bed = new StoreBed(databases, database);
        bed.Store.Migrate();
        var broken = Migration.Of("9999-broken.sql", "create table half (id integer);\n\ncreate table half (id integer);\n");

        Assert.ThrowsAny<DbException>(() => Run(bed, [.. Migration.All, broken]));

        Assert.Equal(Migration.All.Count, Applied(bed));
        Run(bed, [.. Migration.All, Migration.Of("9999-whole.sql", "create table half (id integer);\n")]);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Many_programs_that_start_at_once_migrate_once(string database)
    {
        using var bed = new StoreBed(databases, database);
        var stores = Enumerable.Range(0, 6).Select(_ => Store.Open(bed.Address)).ToList();

        await Task.WhenAll(stores.Select(store => Task.Run(store.Migrate)));

        Assert.Equal(Migration.All.Count, Applied(bed));
        stores.ForEach(store => store.Dispose());
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public void Amounts_come_back_with_every_digit(string database)
    {
        using var bed = new StoreBed(databases, database);
        Run(bed, [.. Migration.All, Next]);
        using var connection = bed.Store.Database.Connect();
        foreach (var amount in new[] { decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, -1.2345678901234567890123456789m, 1.50m, 0m, 100m })
        {
            connection.Execute("delete from more");
            connection.Execute("insert into more (amount) values (@amount)", new { amount });
            Assert.Equal(amount, connection.QuerySingle<Held>("select amount from more").Amount);
        }
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public void Tables_of_someone_else_are_never_dropped(string database)
    {
        using var bed = new StoreBed(databases, database);
        using (var connection = bed.Store.Database.Connect())
        {
            connection.Execute("create table orders (id integer)");
            connection.Execute("insert into orders (id) values (42)");
        }

        Assert.ThrowsAny<DbException>(bed.Store.Clear);

        using var again = bed.Store.Database.Connect();
        Assert.Equal(42, again.ExecuteScalar<int>("select id from orders"));
    }

    [Fact]
    public void Sums_are_never_rounded()
    {
        var sum = "0";
        decimal[] amounts = [decimal.MaxValue, 0.0000000000000000000000000001m, -3.14m, decimal.MaxValue, -0.5m];
        foreach (var amount in amounts)
        {
            sum = ExactAmount.Add(sum, amount);
        }

        Assert.Equal("158456325028528675187087900666.3600000000000000000000000001", sum);
        foreach (var amount in amounts)
        {
            sum = ExactAmount.Add(sum, -amount);
        }

        Assert.Equal("0", sum);
        Assert.Equal("-0.5", ExactAmount.Parse("-0.50").ToString());
    }

    [Fact]
    public void The_running_SQLite_is_known() => Assert.Matches(@"^3\.\d+\.\d+$", SqliteLibrary.Version);

    private static void Run(StoreBed bed, IReadOnlyList<Migration> migrations)
    {
        using var connection = bed.Store.Database.Connect();
        Migrator.Run(bed.Store.Database, connection, migrations);
    }

    private static int Applied(StoreBed bed)
    {
        using var connection = bed.Store.Database.Connect();
        return connection.ExecuteScalar<int>("select count(*) from parallax_migrations");
    }

    private sealed class Held
    {
        public decimal Amount { get; init; }
    }
}

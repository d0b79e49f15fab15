using System.Data.Common;
using Dapper;
using Parallax.Storage.Engines;

namespace Parallax.Storage.Migrations;

/// <summary>Brings a database to this program's version, in one transaction, one process at a time.</summary>
internal static class Migrator
{
    private const string List = "parallax_migrations";

    /// <exception cref="StoreException">The database is of a newer version, or a migration that it has was changed since.</exception>
    public static void Run(IDatabase database, DbConnection connection, IReadOnlyList<Migration>? migrations = null)
    {
        migrations ??= Migration.All;
        using var transaction = connection.BeginTransaction();
        database.HoldMigrations(connection, transaction);
        var applied = Applied(database, connection, transaction);
        Require(applied, migrations);
        foreach (var migration in migrations.Skip(applied.Count))
        {
            foreach (var statement in migration.Statements(database.Money))
            {
                connection.Execute(statement, transaction: transaction);
            }

            connection.Execute(
                $"insert into {List} (version, name, checksum) values (@Version, @Name, @Checksum)",
                new { migration.Version, migration.Name, migration.Checksum },
                transaction);
        }

        transaction.Commit();
    }

    /// <summary>Migrations that a database has; zero in an empty one.</summary>
    public static int Count(IDatabase database, DbConnection connection, DbTransaction transaction) =>
        database.HasTable(connection, transaction, List) ? connection.ExecuteScalar<int>($"select count(*) from {List}", transaction: transaction) : 0;

    /// <summary>Drops our tables, whatever their version, and makes them anew. What is not ours is not touched: without our list of migrations nothing is.</summary>
    public static void Reset(IDatabase database, DbConnection connection)
    {
        using (var transaction = connection.BeginTransaction())
        {
            database.HoldMigrations(connection, transaction);
            if (database.HasTable(connection, transaction, List))
            {
                foreach (var table in TableNames().Append(List))
                {
                    connection.Execute($"drop table if exists {table}", transaction: transaction);
                }
            }

            transaction.Commit();
        }

        Run(database, connection);
    }

    /// <summary>Every table that a migration makes, in the order in which they were made.</summary>
    public static IEnumerable<string> TableNames() => Migration.All
        .SelectMany(migration => migration.Statements("text"))
        .Where(statement => statement.StartsWith("create table ", StringComparison.Ordinal))
        .Select(statement => statement.Split(' ')[2]);

    private static List<Version> Applied(IDatabase database, DbConnection connection, DbTransaction transaction)
    {
        if (database.HasTable(connection, transaction, List))
        {
            return [.. connection.Query<Version>($"select version as number, name, checksum from {List} order by version", transaction: transaction)];
        }

        connection.Execute($"create table {List} (version integer primary key, name text not null, checksum text not null)", transaction: transaction);
        return [];
    }

    private static void Require(List<Version> applied, IReadOnlyList<Migration> known)
    {
        if (applied.Count > known.Count)
        {
            throw new StoreException(
                $"The database has tables of version {applied[^1].Number}; this program knows versions up to {known.Count}: use a newer one, or another database.");
        }

        foreach (var (found, expected) in applied.Zip(known))
        {
            if (found.Checksum != expected.Checksum)
            {
                throw new StoreException(
                    $"The database was made with another text of migration {found.Name}: rebuild it from the journal with 'parallax store rebuild'.");
            }
        }
    }

    internal sealed class Version
    {
        public long Number { get; init; }

        public string Name { get; init; } = "";

        public string Checksum { get; init; } = "";
    }
}

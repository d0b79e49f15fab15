using System.Data.Common;
using Parallax.Storage.Engines;
using Parallax.Storage.Migrations;
using Parallax.Storage.Queries;
using Parallax.Storage.Tables;

namespace Parallax.Storage;

/// <summary>A database with the tables of one journal. Everything in it can be made again from the journal.</summary>
/// <remarks>Callable from any thread. Nothing is opened before it is needed: an address of a server that is down is no error yet.</remarks>
public sealed class Store : IDisposable
{
    /// <summary>Over a database that is there already; <see cref="Open"/> makes it from the address.</summary>
    internal Store(StoreAddress address, IDatabase database) => (Address, Database) = (address, database);

    public StoreAddress Address { get; }

    internal IDatabase Database { get; }

    public static Store Open(StoreAddress address)
    {
        RowMapping.Register();
        return new Store(address, address.Path is { } path ? new SqliteDatabase(path) : new PostgresDatabase(address));
    }

    /// <summary>Questions to the tables. Ask after <see cref="Migrate"/>, or while a projector runs.</summary>
    public IStoreReader Reader() => new StoreReader(this);

    /// <summary>Makes the tables, or brings them to this program's version.</summary>
    /// <exception cref="StoreException">They are of a newer version, or not what this program made.</exception>
    /// <exception cref="DbException">The database is not there, or not now.</exception>
    public void Migrate()
    {
        using var connection = Database.Connect();
        Migrator.Run(Database, connection);
    }

    /// <summary>How many migrations the database has, of those this program knows. Changes nothing.</summary>
    /// <exception cref="DbException">The database is not there, or not now.</exception>
    public (int Applied, int Known) Version()
    {
        using var connection = Database.Connect();
        using var transaction = Database.BeginReading(connection);
        return (Migrator.Count(Database, connection, transaction), Migration.All.Count);
    }

    /// <summary>Removes every table of ours and makes them anew, empty, in one transaction.</summary>
    /// <exception cref="DbException">The database is not there, or not now; nothing was changed.</exception>
    public void Clear()
    {
        using var connection = Database.Connect();
        Migrator.Reset(Database, connection);
    }

    /// <summary>The trouble in one sentence, without passwords.</summary>
    public string Describe(DbException wrong) => Database.Describe(wrong);

    public void Dispose() => Database.Dispose();
}

using System.Data.Common;

namespace Parallax.Storage.Engines;

/// <summary>What differs between the two databases; everything else is one SQL.</summary>
internal interface IDatabase : IDisposable
{
    /// <summary>The column type of an exact decimal.</summary>
    string Money { get; }

    /// <summary>The collation that compares texts byte by byte.</summary>
    string ByteOrder { get; }

    /// <summary>An open connection, from a pool; makes a database that is only a file.</summary>
    /// <exception cref="DbException">The database is not there, or not now.</exception>
    DbConnection Connect();

    /// <summary>An open connection to a database that is there already.</summary>
    /// <exception cref="DbException">The database is not there, or not now.</exception>
    DbConnection ConnectToRead();

    /// <summary>A transaction in which everything that is read is of one moment.</summary>
    DbTransaction BeginReading(DbConnection connection);

    /// <summary>Makes every other migrating process wait until the transaction ends.</summary>
    void HoldMigrations(DbConnection connection, DbTransaction transaction);

    bool HasTable(DbConnection connection, DbTransaction transaction, string name);

    /// <summary>Whether the database that a connection was opened to has been deleted or replaced since.</summary>
    bool HasVanished(DbConnection connection);

    /// <summary>Closes what the pool keeps open, so that the next connection is a new one.</summary>
    void Forget();

    /// <summary>The trouble in one sentence.</summary>
    string Describe(DbException wrong);
}

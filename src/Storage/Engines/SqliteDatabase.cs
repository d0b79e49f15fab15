using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Parallax.Storage.Engines;

internal sealed class SqliteDatabase : IDatabase
{
    private readonly string _path;
    private readonly string _writing;
    private readonly string _reading;

    public SqliteDatabase(string path)
    {
        _ = SqliteLibrary.Version;
        _path = path;
        _writing = ConnectionString(path, SqliteOpenMode.ReadWriteCreate);
        // A reader never makes the file: where one was deleted, only the projector may put a new one in its place. Not read-only, as
        // the first reader of a write-ahead log may have to recover it.
        _reading = ConnectionString(path, SqliteOpenMode.ReadWrite);
    }

    public string Money => "text";

    public string ByteOrder => "binary";

    public DbConnection Connect()
    {
        var connection = new SqliteConnection(_writing);
        try
        {
            connection.Open();
            // One statement a command: of several, the errors of the later ones would be lost. WAL: readers and the writer do not wait
            // for each other. NORMAL: a commit lost with the power is projected again, its position was lost with it.
            connection.ExecuteScalar<string>("pragma journal_mode = wal");
            connection.Execute("pragma synchronous = normal");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public DbConnection ConnectToRead()
    {
        var connection = new SqliteConnection(_reading);
        connection.Open();
        return connection;
    }

    public DbTransaction BeginReading(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: true);

    // A SQLite transaction that writes is alone from its beginning.
    public void HoldMigrations(DbConnection connection, DbTransaction transaction)
    {
    }

    public bool HasTable(DbConnection connection, DbTransaction transaction, string name) =>
        connection.ExecuteScalar<long>("select count(*) from sqlite_master where type = 'table' and name = @name", new { name }, transaction) > 0;

    // A deleted file can be written to as long as it is open, and nobody would ever see it.
    public bool HasVanished(DbConnection connection) => !File.Exists(_path);

    public void Forget()
    {
        foreach (var text in new[] { _writing, _reading })
        {
            using var connection = new SqliteConnection(text);
            SqliteConnection.ClearPool(connection);
        }
    }

    public string Describe(DbException wrong) => wrong is not SqliteException told ? $"{_path}: {wrong.Message}" : told.SqliteErrorCode switch
    {
        5 or 6 => $"The database {_path} is locked by another process.",
        8 => $"The database {_path} may not be written.",
        10 => $"The database {_path} cannot be read or written: the disk reports an error.",
        11 or 26 => $"{_path} is no intact SQLite database.",
        13 => $"The database {_path} is full, or its disk is.",
        14 => $"The database {_path} cannot be opened.",
        _ => $"The database {_path} says: {told.Message.TrimEnd('.')}.",
    };

    public void Dispose() => Forget();

    private static string ConnectionString(string path, SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = mode,
        // Seconds for which a locked database is waited for before the projector backs off.
        DefaultTimeout = 1,
        Pooling = true,
    }.ToString();
}

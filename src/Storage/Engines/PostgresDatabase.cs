using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;

namespace Parallax.Storage.Engines;

internal sealed class PostgresDatabase : IDatabase
{
    /// <summary>Any number, as long as it is always the same one.</summary>
    private const long MigrationLock = 0x50_41_52_41_4C_4C_41_58;

    private readonly StoreAddress _address;
    private readonly NpgsqlDataSource _source;

    public PostgresDatabase(StoreAddress address)
    {
        _address = address;
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder
        {
            Host = address.Host,
            Port = address.Port,
            Database = address.Database,
            Username = address.User,
            Password = address.Password,
            ApplicationName = "parallax",
            Timeout = 5,
            CommandTimeout = 10,
            MaxPoolSize = 16,
            // Rows are written with the same few statements again and again.
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 3,
        });
    }

    public string Money => "numeric";

    public string ByteOrder => "\"C\"";

    public DbConnection Connect() => _source.OpenConnection();

    public DbConnection ConnectToRead() => _source.OpenConnection();

    public DbTransaction BeginReading(DbConnection connection) => connection.BeginTransaction(IsolationLevel.RepeatableRead);

    public void HoldMigrations(DbConnection connection, DbTransaction transaction) =>
        connection.Execute("select pg_advisory_xact_lock(@MigrationLock)", new { MigrationLock }, transaction);

    public bool HasTable(DbConnection connection, DbTransaction transaction, string name) =>
        connection.ExecuteScalar<bool>("select to_regclass(@name) is not null", new { name }, transaction);

    public bool HasVanished(DbConnection connection) => false;

    public void Forget() => _source.Clear();

    public string Describe(DbException wrong) => wrong is PostgresException told
        ? $"PostgreSQL {_address} says: {told.MessageText} ({told.SqlState})."
        : $"PostgreSQL {_address} cannot be reached: {wrong.Message.TrimEnd('.')}.";

    public void Dispose() => _source.Dispose();
}

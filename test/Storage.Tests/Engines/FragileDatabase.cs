using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Parallax.Storage.Engines;

namespace Parallax.Storage.Tests.Engines;

/// <summary>A crash at a chosen moment: what the connection had not committed is lost, what it had is not.</summary>
internal sealed class Crash() : DbException("The process was killed here.");

/// <summary>A real database whose connections may break: before or after any statement, before or after any commit.</summary>
/// <param name="step">Called at each of those moments; throws to break it.</param>
/// <param name="connected">Told each connection when it is opened.</param>
internal sealed class FragileDatabase(IDatabase inner, Action step, Action<DbConnection>? connected = null) : IDatabase
{
    public string Money => inner.Money;

    public string ByteOrder => inner.ByteOrder;

    public DbConnection Connect()
    {
        step();
        var connection = inner.Connect();
        connected?.Invoke(connection);
        return new Connection(connection, step);
    }

    public DbConnection ConnectToRead() => new Connection(inner.ConnectToRead(), step);

    public DbTransaction BeginReading(DbConnection connection) => inner.BeginReading(Inner(connection));

    public void HoldMigrations(DbConnection connection, DbTransaction transaction) => inner.HoldMigrations(Inner(connection), Inner(transaction));

    public bool HasTable(DbConnection connection, DbTransaction transaction, string name) => inner.HasTable(Inner(connection), Inner(transaction), name);

    public bool HasVanished(DbConnection connection) => inner.HasVanished(Inner(connection));

    public void Forget() => inner.Forget();

    public string Describe(DbException wrong) => inner.Describe(wrong);

    public void Dispose() => inner.Dispose();

    private static DbConnection Inner(DbConnection connection) => ((Connection)connection).Inner;

    private static DbTransaction Inner(DbTransaction transaction) => ((Transaction)transaction).Inner;

    private sealed class Connection(DbConnection inner, Action step) : DbConnection
    {
        public DbConnection Inner => inner;

        [AllowNull]
        public override string ConnectionString
        {
            get => inner.ConnectionString;
            set => inner.ConnectionString = value;
        }

        public override string Database => inner.Database;

        public override string DataSource => inner.DataSource;

        public override string ServerVersion => inner.ServerVersion;

        public override ConnectionState State => inner.State;

        public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

        public override void Open() => inner.Open();

        public override void Close() => inner.Close();

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
            new Transaction(this, inner.BeginTransaction(isolationLevel), step);

        protected override DbCommand CreateDbCommand() => new Command(inner.CreateCommand(), step);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private sealed class Transaction(Connection connection, DbTransaction inner, Action step) : DbTransaction
    {
        public DbTransaction Inner => inner;

        public override IsolationLevel IsolationLevel => inner.IsolationLevel;

        protected override DbConnection DbConnection => connection;

        public override void Commit()
        {
            step();
            inner.Commit();
            step();
        }

        public override void Rollback() => inner.Rollback();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private sealed class Command(DbCommand inner, Action step) : DbCommand
    {
        [AllowNull]
        public override string CommandText
        {
            get => inner.CommandText;
            set => inner.CommandText = value;
        }

        public override int CommandTimeout
        {
            get => inner.CommandTimeout;
            set => inner.CommandTimeout = value;
        }

        public override CommandType CommandType
        {
            get => inner.CommandType;
            set => inner.CommandType = value;
        }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get; set; }

        protected override DbParameterCollection DbParameterCollection => inner.Parameters;

        protected override DbTransaction? DbTransaction
        {
            get => inner.Transaction;
            set => inner.Transaction = value is Transaction wrapped ? wrapped.Inner : value;
        }

        public override void Cancel() => inner.Cancel();

        public override int ExecuteNonQuery()
        {
            step();
            return inner.ExecuteNonQuery();
        }

        public override object? ExecuteScalar()
        {
            step();
            return inner.ExecuteScalar();
        }

        public override void Prepare() => inner.Prepare();

        protected override DbParameter CreateDbParameter() => inner.CreateParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
        {
            step();
            return inner.ExecuteReader(behavior);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}

using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace Parallax.Journey.Tests;

/// <summary>The rows of a session's database, read by SQL of our own: neither the store's queries nor its tallies.</summary>
internal sealed class DatabaseRows : IDisposable
{
    private readonly DbConnection _connection;

    static DatabaseRows() => Batteries_V2.Init();

    /// <param name="file">Of SQLite.</param>
    public DatabaseRows(string file)
        : this(new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString()))
    {
    }

    private DatabaseRows(DbConnection connection)
    {
        _connection = connection;
        _connection.Open();
    }

    public static DatabaseRows OfPostgres(string connection) => new(new NpgsqlConnection(connection));

    public SessionFigures Figures(int session) => SessionFigures.Of(
        Read(
            "select outcome, cast(realised as text), closed_time - opened_time from plans where closed_time is not null and first_plan is null and start_asset = 'USD' and session = @session",
            session,
            row => new ClosedPlan(session, row.GetString(0), decimal.Parse(row.GetString(1)), row.GetInt64(2))),
        Read("select count(*) from fills where session = @session", session, row => row.GetInt64(0))[0]);

    /// <summary>What is owned, by asset; what came to zero is left out.</summary>
    public IReadOnlyDictionary<string, decimal> Balances(int session) => Read(
            "select asset, amount from balances where session = @session", session, row => (Asset: row.GetString(0), Amount: decimal.Parse(row.GetString(1))))
        .Where(held => held.Amount != 0m)
        .ToDictionary(held => held.Asset, held => held.Amount, StringComparer.Ordinal);

    /// <summary>Kills and resumes of a session: <c>kill: the reason</c>.</summary>
    public IReadOnlyList<string> Commands(int session) => Read(
        "select action, text from audit where session = @session and action in ('kill', 'resume') order by sequence", session, row => $"{row.GetString(0)}: {row.GetString(1)}");

    public void Dispose() => _connection.Dispose();

    private List<T> Read<T>(string sql, int session, Func<DbDataReader, T> describe)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("session", session);
        command.Parameters.Add(parameter);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(describe(reader));
        }

        return rows;
    }
}

using System.Data.Common;
using Dapper;
using Parallax.Storage.Tables;

namespace Parallax.Storage.Projection;

/// <summary>Where a batch reads and writes: one connection, one transaction.</summary>
internal sealed class BatchScope
{
    public DbConnection? Connection { get; set; }

    public DbTransaction? Transaction { get; set; }
}

internal interface IBatchRows
{
    /// <summary>Writes what changed since the last time.</summary>
    void Write(BatchScope scope);

    /// <summary>Forgets what is only a copy of the database.</summary>
    void Trim();

    /// <summary>Forgets everything: the transaction did not happen.</summary>
    void Clear();
}

/// <summary>Rows of one table that the records change: loaded when first asked for, written once a batch.</summary>
/// <param name="parameters">The key as an object with the key columns' properties.</param>
internal sealed class RowSet<TKey, TRow>(BatchScope scope, Table<TRow> table, Func<TKey, object> parameters) : IBatchRows
    where TKey : notnull
    where TRow : class
{
    /// <summary>Rows kept from one batch to the next; what is asked for again is loaded again.</summary>
    private const int KeptMax = 8_192;

    private readonly Dictionary<TKey, TRow> _rows = [];
    private readonly HashSet<TKey> _changed = [];

    /// <returns>Null when the table has no such row.</returns>
    public TRow? Find(TKey key)
    {
        if (_rows.TryGetValue(key, out var row))
        {
            return row;
        }

        row = scope.Connection!.QuerySingleOrDefault<TRow>(table.Find, parameters(key), scope.Transaction);
        if (row is not null)
        {
            _rows.Add(key, row);
        }

        return row;
    }

    public void Put(TKey key, TRow row)
    {
        _rows[key] = row;
        _changed.Add(key);
    }

    public void Write(BatchScope scope)
    {
        if (_changed.Count > 0)
        {
            scope.Connection!.Execute(table.Upsert, _changed.Select(key => _rows[key]), scope.Transaction);
            _changed.Clear();
        }
    }

    public void Trim()
    {
        if (_rows.Count > KeptMax)
        {
            _rows.Clear();
        }
    }

    public void Clear()
    {
        _rows.Clear();
        _changed.Clear();
    }
}

/// <summary>Rows of one table that are written once and never change.</summary>
internal sealed class NewRows<TRow>(Table<TRow> table) : IBatchRows
    where TRow : class
{
    private readonly List<TRow> _rows = [];

    public void Add(TRow row) => _rows.Add(row);

    public void Write(BatchScope scope)
    {
        if (_rows.Count > 0)
        {
            scope.Connection!.Execute(table.Insert, _rows, scope.Transaction);
            _rows.Clear();
        }
    }

    public void Trim()
    {
    }

    public void Clear() => _rows.Clear();
}

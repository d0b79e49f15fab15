using System.Data.Common;
using Dapper;
using Parallax.Storage.Engines;

namespace Parallax.Storage.Tables;

internal interface ITable
{
    string Name { get; }

    /// <summary>Every row as text, in the order of the primary key: the same rows give the same texts on both databases.</summary>
    IEnumerable<string> Dump(IDatabase database, DbConnection connection, DbTransaction transaction);
}

/// <summary>The SQL of one table, made from the record that is a row of it: a constructor parameter is a column.</summary>
internal sealed class Table<TRow> : ITable
    where TRow : class
{
    private readonly List<(string Column, bool IsText)> _keys;

    /// <param name="keys">Columns of the primary key.</param>
    public Table(string name, params string[] keys)
    {
        Name = name;
        var parameters = typeof(TRow).GetConstructors()[0].GetParameters().Select(parameter => parameter.Name!).ToList();
        var columns = parameters.ConvertAll(RowMapping.Column);
        Columns = string.Join(", ", columns);
        Insert = $"insert into {name} ({Columns}) values ({string.Join(", ", parameters.Select(parameter => "@" + parameter))})";
        var others = columns.Except(keys).Select(column => $"{column} = excluded.{column}");
        Upsert = $"{Insert} on conflict ({string.Join(", ", keys)}) do update set {string.Join(", ", others)}";
        Select = $"select {Columns} from {name}";
        Find = $"{Select} where {string.Join(" and ", columns.Select((column, i) => (column, parameters[i])).Where(one => keys.Contains(one.column)).Select(one => $"{one.column} = @{one.Item2}"))}";
        _keys = [.. keys.Select(key => (key, typeof(TRow).GetConstructors()[0].GetParameters().Single(one => RowMapping.Column(one.Name!) == key).ParameterType == typeof(string)))];
    }

    public string Name { get; }

    public string Columns { get; }

    public string Select { get; }

    public string Insert { get; }

    public string Upsert { get; }

    public string Find { get; }

    public IEnumerable<string> Dump(IDatabase database, DbConnection connection, DbTransaction transaction)
    {
        var order = string.Join(", ", _keys.Select(key => key.IsText ? $"{key.Column} collate {database.ByteOrder}" : key.Column));
        return connection.Query<TRow>($"{Select} order by {order}", transaction: transaction, buffered: false).Select(row => row.ToString()!);
    }
}

using System.Data.Common;
using Parallax.Storage.Tables;

namespace Parallax.Storage.Checks;

/// <summary>Everything a store holds, as text: the same rows give the same texts, whichever database holds them.</summary>
public static class StoreRows
{
    /// <summary>Table by table, each in the order of its key. Read as it is asked for, all of one moment.</summary>
    public static IEnumerable<(string Table, string Row)> All(Store store)
    {
        using var connection = store.Database.ConnectToRead();
        using var transaction = store.Database.BeginReading(connection);
        foreach (var one in All(store, connection, transaction))
        {
            yield return one;
        }
    }

    internal static IEnumerable<(string Table, string Row)> All(Store store, DbConnection connection, DbTransaction transaction) =>
        Catalog.All.SelectMany(table => table.Dump(store.Database, connection, transaction).Select(row => (table.Name, row)));
}

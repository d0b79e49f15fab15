namespace Parallax.Venues.Recordings.Tardis;

/// <summary>The columns of tardis.dev's <c>incremental_book_L2</c>, read and written here.</summary>
internal static class TardisBookLayout
{
    public static readonly string[] Columns = ["exchange", "symbol", "timestamp", "local_timestamp", "is_snapshot", "side", "price", "amount"];
}

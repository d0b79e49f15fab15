using System.Runtime.InteropServices;
using SQLitePCL;

namespace Parallax.Storage.Engines;

/// <summary>Which SQLite runs: the operating system's where there is one, as it gets security fixes, else the one that came with the package (3.35.5).</summary>
internal static class SqliteLibrary
{
    private static readonly Lazy<string> Loaded = new(Load);

    public static string Version => Loaded.Value;

    private static string Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, static (name, _, _) =>
            name == "e_sqlite3" && NativeLibrary.TryLoad("libsqlite3.so.0", out var system) ? system : IntPtr.Zero);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return raw.sqlite3_libversion().utf8_to_string();
    }
}

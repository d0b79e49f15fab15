using System.Data.Common;
using Parallax.Journal.Chain;
using Parallax.Storage.Checks;
using Parallax.Storage.Projection;

namespace Parallax.Storage.Tests.Engines;

/// <summary>The databases a test of the suite runs on, and the one server they share.</summary>
public sealed class Databases : IDisposable
{
    private readonly Lazy<PostgresServer> _server = new();

    /// <summary>SQLite always; PostgreSQL where it is installed, and where it has to be.</summary>
    public static TheoryData<string> All => PostgresServer.SkipReason is null ? ["sqlite", "postgres"] : ["sqlite"];

    public PostgresServer Server => _server.Value;

    public StoreAddress New(string database, string folder) => database == "sqlite"
        ? StoreAddress.Parse(Path.Combine(folder, $"parallax-{Directory.EnumerateFiles(folder, "*.db").Count()}.db"))
        : Server.NewDatabase();

    public void Dispose()
    {
        if (_server.IsValueCreated)
        {
            _server.Value.Dispose();
        }
    }
}

[CollectionDefinition(Name)]
public sealed class DatabaseCollection : ICollectionFixture<Databases>
{
    public const string Name = "databases";
}

/// <summary>A folder with a journal and a database of its own.</summary>
internal sealed class StoreBed : IDisposable
{
    private readonly Databases _databases;
    private readonly string _kind;

    public StoreBed(Databases databases, string database)
    {
        (_databases, _kind) = (databases, database);
        Folder = Directory.CreateTempSubdirectory("parallax-store-").FullName;
        Address = databases.New(database, Folder);
        Store = Store.Open(Address);
    }

    public string Folder { get; }

    public string Journal => Path.Combine(Folder, "journal");

    public StoreAddress Address { get; }

    public Store Store { get; }

    /// <summary>The same database, reached through connections that a test can break.</summary>
    public Store Through(Action step, Action<DbConnection>? connected = null) => new(Address, new FragileDatabase(Store.Database, step, connected));

    /// <summary>Everything in the journal, into the database.</summary>
    public StoreBed Project(ProjectorOptions? options = null)
    {
        new JournalProjector(Store, Journal, TimeProvider.System, options).CatchUp(null, CancellationToken.None);
        return this;
    }

    /// <summary>Everything in the journal, into the database, by projectors that die, each one later than the one before.</summary>
    /// <param name="next">How many steps the next one lives, from those of the one before; the first lives none.</param>
    /// <returns>How many died.</returns>
    public int ProjectThroughCrashes(Func<int, int> next, ProjectorOptions options)
    {
        var crashes = 0;
        for (var life = 0; ; life = next(life))
        {
            var left = life;
            var store = Through(() =>
            {
                if (left-- == 0)
                {
                    throw new Crash();
                }
            });
            try
            {
                new JournalProjector(store, Journal, TimeProvider.System, options).CatchUp(null, CancellationToken.None);
                return crashes;
            }
            catch (Crash)
            {
                crashes++;
            }
        }
    }

    /// <summary>What a new database of the same kind holds once the journal is projected into it in one go.</summary>
    public string Rebuilt()
    {
        using var fresh = Store.Open(_databases.New(_kind, Folder));
        new JournalProjector(fresh, Journal, TimeProvider.System).CatchUp(null, CancellationToken.None);
        return Dump(fresh);
    }

    public string Dump() => Dump(Store);

    public static string Dump(Store store) => string.Join('\n', StoreRows.All(store).Select(one => $"{one.Table} {one.Row}"));

    /// <summary>One table's rows.</summary>
    public List<string> Rows(string table) => [.. StoreRows.All(Store).Where(one => one.Table == table).Select(one => one.Row)];

    public ulong LastSequence()
    {
        using var follower = JournalFollower.Open(Journal);
        while (follower.TryRead(out _))
        {
        }

        return follower.Sequence;
    }

    public JournalReader Read() => JournalReader.Open(Journal);

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Parallax.Testing;

namespace Parallax.Storage.Tests.Engines;

/// <summary>A PostgreSQL of its own: a new cluster in a temporary folder, on a free port of the loopback, gone with the tests.</summary>
public sealed class PostgresServer : IDisposable
{
    public const string Password = "p@ss:word/1";

    private static readonly string? Binaries = FindBinaries();

    private readonly string _folder;
    private int _databases;

    public PostgresServer()
    {
        Assert.True(Binaries is not null, "PARALLAX_REQUIRE_ALL=1, and there is no PostgreSQL: no initdb in /usr/lib/postgresql/*/bin or on the PATH.");
        _folder = Directory.CreateTempSubdirectory("parallax-postgres-").FullName;
        Port = FreePort();
        if (IsRoot)
        {
            // PostgreSQL refuses to run as root.
            Run("chown", "postgres", _folder);
        }

        File.WriteAllText(SecretFile, Password);
        Run(Binary("initdb"), "-D", Data, "-U", "parallax", "--auth=scram-sha-256", $"--pwfile={SecretFile}", "--no-sync", "-E", "UTF8", "--locale=C");
        Start();
    }

    /// <summary>Why tests that need it are skipped; null when they run.</summary>
    public static string? SkipReason { get; } =
        Binaries is not null || SharedData.IsRequired ? null : "No PostgreSQL here: initdb was found neither in /usr/lib/postgresql/*/bin nor on the PATH.";

    public int Port { get; }

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(_folder, "data");

    private string SecretFile => Path.Combine(_folder, "password");

    /// <summary>The address of a new, empty database.</summary>
    public StoreAddress NewDatabase() => StoreAddress.Parse(AddressOf(NewName(), Uri.EscapeDataString(Password)));

    /// <summary>The same as people give it to a program: the password is in a file.</summary>
    /// <param name="connection">For a client of our own.</param>
    public string NewDatabase(out string connection)
    {
        var name = NewName();
        connection = Connection(name);
        return AddressOf(name, $"file:{SecretFile}");
    }

    private string NewName()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref _databases)}");
        var admin = Npgsql.NpgsqlDataSource.Create(Connection("postgres"));
        using (admin)
        {
            using var command = admin.CreateCommand($"create database {name}");
            command.ExecuteNonQuery();
        }

        return name;
    }

    public void Start() => Run(
        Binary("pg_ctl"), "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o",
        string.Create(CultureInfo.InvariantCulture, $"-p {Port} -k {_folder} -c listen_addresses=127.0.0.1 -c fsync=off"), "start");

    public void Stop() => Run(Binary("pg_ctl"), "-D", Data, "-w", "-m", "immediate", "stop");

    public void Dispose()
    {
        Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private string Connection(string database) =>
        $"Host=127.0.0.1;Port={Port.ToString(CultureInfo.InvariantCulture)};Username=parallax;Password={Password};Database={database};Pooling=false";

    private string AddressOf(string database, string password) =>
        string.Create(CultureInfo.InvariantCulture, $"postgres://parallax:{password}@127.0.0.1:{Port}/{database}");

    private static string Binary(string name) => Path.Combine(Binaries!, name);

    private static void Run(string program, params string[] arguments)
    {
        var isServer = program != "chown";
        var start = isServer && IsRoot ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", program, .. arguments]) : new ProcessStartInfo(program, arguments);
        // The server that pg_ctl starts keeps what it inherits: a pipe of ours would never end.
        start.WorkingDirectory = Path.GetTempPath();
        using var process = Process.Start(start)!;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? FindBinaries()
    {
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
            : [];
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return installed.Concat(onPath).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
    }
}

/// <summary>A test on PostgreSQL alone: skipped with a reason where there is none, failing where it is required.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.SkipReason;
}

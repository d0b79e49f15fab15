using Dapper;
using Microsoft.Data.Sqlite;
using Parallax.Journal.Chain;
using Parallax.Storage.Projection;
using Parallax.Storage.Tests.Engines;
using Parallax.Storage.Tests.Journals;

namespace Parallax.Storage.Tests.Projection;

/// <summary>A database in trouble costs time and nothing else: the projector says what is wrong and goes on when it is over.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class TroubleTests(Databases databases)
{
    private static readonly SeededJournal Journal = SeededJournal.TwoSessions.Value;

    private static readonly ProjectorOptions Quick = new()
    {
        Poll = TimeSpan.FromMilliseconds(1),
        BackoffMin = TimeSpan.FromMilliseconds(1),
        BackoffMax = TimeSpan.FromMilliseconds(20),
        BatchRecordsMax = 50,
    };

    private static int Half => Journal.Records.Count / 2;

    [Fact]
    public async Task A_locked_database_is_waited_for()
    {
        using var bed = new StoreBed(databases, "sqlite");
        Journal.Write(bed.Journal, to: Half);
        bed.Project();
        await using var running = Running.Start(bed.Store, bed.Journal);
        await running.ReachesAsync((long)bed.LastSequence());
        await using (var other = new SqliteConnection($"Data Source={bed.Address.Path};Pooling=false"))
        {
            await other.OpenAsync();
            await other.ExecuteAsync("begin exclusive");
            Journal.Write(bed.Journal, from: Half);
            await running.BecomesAsync(ProjectorState.Troubled);
            Assert.Equal($"The database {bed.Address.Path} is locked by another process.", running.Health.Error);
            await Eventually.IsTrueAsync(() => running.Health is { LagRecords: > 0, LagNanos: > 0 }, () => running.Health);
            await other.ExecuteAsync("rollback");
        }

        await running.ReachesAsync((long)bed.LastSequence());
        await running.DisposeAsync();
        Assert.Equal(bed.Rebuilt(), bed.Dump());
    }

    [Fact]
    public async Task A_full_disk_is_waited_for()
    {
        using var bed = new StoreBed(databases, "sqlite");
        Journal.Write(bed.Journal);
        var pages = 60;
        var store = bed.Through(() => { }, connection =>
        {
            connection.ExecuteScalar<long>($"pragma max_page_count = {Volatile.Read(ref pages)}");
        });
        await using var running = Running.Start(store, bed.Journal);
        await running.BecomesAsync(ProjectorState.Troubled);
        Assert.Equal($"The database {bed.Address.Path} is full, or its disk is.", running.Health.Error);
        var stuck = running.Health.Sequence;

        Volatile.Write(ref pages, 1_000_000);

        await running.ReachesAsync((long)bed.LastSequence());
        await running.DisposeAsync();
        Assert.InRange(stuck, 0, (long)bed.LastSequence() - 1);
        Assert.Equal(bed.Rebuilt(), bed.Dump());
    }

    [Fact]
    public async Task A_database_that_vanishes_is_made_again()
    {
        using var bed = new StoreBed(databases, "sqlite");
        Journal.Write(bed.Journal, to: Half);
        await using var running = Running.Start(bed.Store, bed.Journal);
        await running.ReachesAsync((long)bed.LastSequence());

        var reader = bed.Store.Reader();
        foreach (var file in Directory.EnumerateFiles(bed.Folder, Path.GetFileName(bed.Address.Path) + "*"))
        {
            File.Delete(file);
            // Somebody looks just then: that must not put an empty database in its place.
            await Record.ExceptionAsync(() => reader.PositionAsync(CancellationToken.None));
        }

        await Eventually.IsTrueAsync(() => File.Exists(bed.Address.Path), () => running.Health);
        Journal.Write(bed.Journal, from: Half);
        await running.ReachesAsync((long)bed.LastSequence());
        await running.DisposeAsync();
        Assert.Equal(bed.Rebuilt(), bed.Dump());
    }

    [PostgresFact]
    public async Task A_server_that_stops_is_waited_for()
    {
        using var bed = new StoreBed(databases, "postgres");
        Journal.Write(bed.Journal, to: Half);
        await using var running = Running.Start(bed.Store, bed.Journal);
        await running.ReachesAsync((long)bed.LastSequence());
        databases.Server.Stop();
        try
        {
            Journal.Write(bed.Journal, from: Half);
            await running.BecomesAsync(ProjectorState.Troubled);
            await Eventually.IsTrueAsync(() => running.Health is { LagRecords: > 0, Failures: > 1 }, () => running.Health);
            Assert.StartsWith($"PostgreSQL {bed.Address}", running.Health.Error, StringComparison.Ordinal);
            Assert.DoesNotContain(PostgresServer.Password, running.Health.Error!, StringComparison.Ordinal);
        }
        finally
        {
            databases.Server.Start();
        }

        await running.ReachesAsync((long)bed.LastSequence());
        await running.DisposeAsync();
        Assert.Equal(bed.Rebuilt(), bed.Dump());
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Another_journal_is_refused_with_one_sentence(string database)
    {
        using var bed = new StoreBed(databases, database);
        Journal.Write(bed.Journal, to: Half);
        var before = bed.Project().Dump();
        Directory.Delete(bed.Journal, recursive: true);
        // The same first hundred records, another chain.
        Journal.Write(bed.Journal, options: new JournalOptions { BlockRecordsMax = 100 });

        await using var running = Running.Start(bed.Store, bed.Journal);
        await running.BecomesAsync(ProjectorState.Refused);

        Assert.Contains("holds another journal", running.Health.Error, StringComparison.Ordinal);
        Assert.Equal(before, bed.Dump());
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_database_that_hangs_holds_no_writer_up(string database)
    {
        using var bed = new StoreBed(databases, database);
        Journal.Write(bed.Journal, to: Half);
        using var hanging = new ManualResetEventSlim();
        using var reached = new ManualResetEventSlim();
        var store = bed.Through(() =>
        {
            reached.Set();
            hanging.Wait();
        });
        await using var running = Running.Start(store, bed.Journal);
        await Eventually.IsTrueAsync(() => reached.IsSet, () => running.Health);

        // Returns, although the projector does not get on.
        Journal.Write(bed.Journal, from: Half);
        Assert.Equal(0, running.Health.Sequence);

        hanging.Set();
        await running.ReachesAsync((long)bed.LastSequence());
        Assert.Equal(bed.Rebuilt(), bed.Dump());
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task C6_a_database_that_hangs_is_behind_when_the_mark_has_passed_and_no_more_when_it_has_caught_up(string database)
    {
        using var bed = new StoreBed(databases, database);
        Journal.Write(bed.Journal);
        using var hanging = new ManualResetEventSlim();
        using var reached = new ManualResetEventSlim();
        await using var running = Running.Start(bed.Through(() =>
        {
            reached.Set();
            hanging.Wait();
        }), bed.Journal);
        await Eventually.IsTrueAsync(() => reached.IsSet, () => running.Health);
        var lag = new LagWatch(TimeSpan.FromSeconds(5));

        Assert.False(lag.Look(TimeSpan.Zero, bed.LastSequence(), running.Health));
        Assert.False(lag.Look(TimeSpan.FromSeconds(5), bed.LastSequence(), running.Health));
        Assert.True(lag.Look(TimeSpan.FromSeconds(5.1), bed.LastSequence(), running.Health));
        Assert.True(lag.IsBehind);
        Assert.NotEqual("", lag.Describe(running.Health));

        hanging.Set();
        await running.ReachesAsync((long)bed.LastSequence());
        Assert.False(lag.Look(TimeSpan.FromSeconds(9), bed.LastSequence(), running.Health));
        Assert.True(lag.Look(TimeSpan.FromSeconds(9.1), bed.LastSequence(), running.Health));
        Assert.False(lag.IsBehind);
        Assert.Equal(bed.Rebuilt(), bed.Dump());
    }

    [PostgresFact]
    public async Task C5_a_server_that_vanishes_while_trading_is_behind_and_afterwards_has_everything_exactly_once()
    {
        using var bed = new StoreBed(databases, "postgres");
        Journal.Write(bed.Journal, to: Half);
        await using var running = Running.Start(bed.Store, bed.Journal);
        await running.ReachesAsync((long)bed.LastSequence());
        var lag = new LagWatch(TimeSpan.FromSeconds(5));
        lag.Look(TimeSpan.Zero, bed.LastSequence(), running.Health);
        databases.Server.Stop();
        try
        {
            Journal.Write(bed.Journal, from: Half);
            await running.BecomesAsync(ProjectorState.Troubled);
            lag.Look(TimeSpan.FromSeconds(1), bed.LastSequence(), running.Health);

            Assert.True(lag.Look(TimeSpan.FromSeconds(7), bed.LastSequence(), running.Health));
            Assert.Contains("PostgreSQL", lag.Describe(running.Health), StringComparison.Ordinal);
        }
        finally
        {
            databases.Server.Start();
        }

        await running.ReachesAsync((long)bed.LastSequence());
        lag.Look(TimeSpan.FromSeconds(8), bed.LastSequence(), running.Health);
        lag.Look(TimeSpan.FromSeconds(8.1), bed.LastSequence(), running.Health);
        Assert.False(lag.IsBehind);
        await running.DisposeAsync();
        Assert.Equal(bed.Rebuilt(), bed.Dump());
    }

    [Fact]
    public async Task A_journal_that_comes_later_is_waited_for()
    {
        using var bed = new StoreBed(databases, "sqlite");
        await using var running = Running.Start(bed.Store, bed.Journal);
        await running.BecomesAsync(ProjectorState.Following);

        Journal.Write(bed.Journal, to: 40);

        await running.ReachesAsync((long)bed.LastSequence());
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly JournalProjector _projector;
        private readonly Task _task;

        private Running(Store store, string journal)
        {
            _projector = new JournalProjector(store, journal, TimeProvider.System, Quick);
            _task = _projector.RunAsync(_stop.Token);
        }

        public ProjectorHealth Health => _projector.Health;

        public static Running Start(Store store, string journal) => new(store, journal);

        public Task BecomesAsync(ProjectorState state) => Eventually.IsTrueAsync(() => Health.State == state, () => Health);

        public async Task ReachesAsync(long sequence)
        {
            await Eventually.IsTrueAsync(() => Health.Sequence == sequence && Health.State == ProjectorState.Following, () => Health);
            Assert.Equal((0, 0, null), (Health.LagRecords, Health.LagNanos, Health.Error));
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _task;
        }
    }
}

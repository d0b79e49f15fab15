using System.Data.Common;
using Dapper;
using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Storage.Projection;
using Parallax.Storage.Tables;

namespace Parallax.Storage.Checks;

/// <summary>What a check found.</summary>
/// <param name="Sequence">How far the store was projected; it was compared up to there.</param>
/// <param name="Rows">That were compared and found equal.</param>
/// <param name="Difference">The first row that differs, one sentence; null when none does.</param>
public sealed record StoreCheckReport(long Sequence, long Rows, string? Difference);

/// <summary>Compares a store, row by row, with one that is made anew from the journal.</summary>
public static class StoreCheck
{
    /// <summary>The store may be in use: it is read as of one moment, and the journal no further than the store was then.</summary>
    /// <param name="progress">Told the sequence that the comparison's own projection reached.</param>
    /// <exception cref="StoreException">The store cannot be used as it is.</exception>
    /// <exception cref="RecordFileException">The journal is another one, damaged, or cannot be read.</exception>
    /// <exception cref="DbException">The database is not there, or not now.</exception>
    public static StoreCheckReport Run(Store store, string journalFolder, TimeProvider time, IProgress<long>? progress, CancellationToken cancellation)
    {
        store.Migrate();
        var folder = Directory.CreateTempSubdirectory("parallax-check-").FullName;
        try
        {
            using var connection = store.Database.ConnectToRead();
            using var transaction = store.Database.BeginReading(connection);
            var position = connection.QuerySingleOrDefault<PositionEntry>(Catalog.Position.Select, transaction: transaction);
            if (position is not null)
            {
                // Says in a sentence of its own when the store is another journal's.
                JournalFollower.Open(journalFolder, ProjectionRun.PlaceOf(position)).Dispose();
            }

            using var fresh = Store.Open(StoreAddress.Parse(Path.Combine(folder, "fresh.db")));
            fresh.Migrate();
            new JournalProjector(fresh, journalFolder, time).CatchUp(progress, cancellation, position?.Sequence ?? 0);
            return Compare(position?.Sequence ?? 0, StoreRows.All(store, connection, transaction), StoreRows.All(fresh), cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static StoreCheckReport Compare(
        long sequence, IEnumerable<(string Table, string Row)> found, IEnumerable<(string Table, string Row)> expected, CancellationToken cancellation)
    {
        using var left = found.GetEnumerator();
        using var right = expected.GetEnumerator();
        for (var rows = 0L; ; rows++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (isLeft, isRight) = (left.MoveNext(), right.MoveNext());
            if (!isLeft && !isRight)
            {
                return new StoreCheckReport(sequence, rows, null);
            }

            if (isLeft != isRight || left.Current != right.Current)
            {
                var (has, should) = (isLeft ? $"{left.Current.Table}: {left.Current.Row}" : "no further row", isRight ? $"{right.Current.Table}: {right.Current.Row}" : "no further row");
                return new StoreCheckReport(sequence, rows, $"The store has {has}; the journal gives {should}.");
            }
        }
    }
}

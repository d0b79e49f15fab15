using System.Data.Common;
using System.Globalization;
using Dapper;
using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.Storage.Migrations;
using Parallax.Storage.Projection.Folds;
using Parallax.Storage.Tables;

namespace Parallax.Storage.Projection;

/// <summary>One connection's worth of projecting: begins where the database says, ends with the first failure.</summary>
/// <remarks>
/// Rows and position are written in one transaction, so what was projected and how far is never two truths. Whatever fails, the
/// next one begins from the database again.
/// </remarks>
internal sealed class ProjectionRun : IDisposable
{
    private const int OnlyRow = 1;

    private readonly Store _store;
    private readonly DbConnection _connection;
    private readonly JournalFollower _journal;
    private readonly BatchTables _tables = new();
    private readonly RecordFold _fold;
    private PositionEntry? _position;

    /// <exception cref="StoreException">The tables are of a newer version, or not what this program made.</exception>
    /// <exception cref="OtherJournalException">The database belongs to another journal.</exception>
    /// <exception cref="DbException">The database is not there, or not now.</exception>
    public ProjectionRun(Store store, string journalFolder)
    {
        _store = store;
        _connection = store.Database.Connect();
        try
        {
            Migrator.Run(store.Database, _connection);
            _position = _connection.QuerySingleOrDefault<PositionEntry>(Catalog.Position.Select);
            _journal = JournalFollower.Open(journalFolder, Place);
            _tables.Scope.Connection = _connection;
            _fold = new RecordFold(_tables) { Session = _position?.Session ?? 0 };
            _fold.Instruments.Load();
        }
        catch
        {
            _journal?.Dispose();
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Of the last projected record; zero before the first.</summary>
    public long Sequence => _position?.Sequence ?? 0;

    public long Time => _position?.Time ?? 0;

    public JournalPlace? Place => _position is null ? null : PlaceOf(_position);

    public static JournalPlace PlaceOf(PositionEntry at) =>
        new(at.Segment, at.ByteOffset, at.BlockStart, (ulong)at.Sequence, at.Time, at.SealHash, at.Hash);

    /// <summary>Takes the next records in one transaction.</summary>
    /// <param name="recordsMax">Of them, at the most.</param>
    /// <param name="last">No record beyond this sequence.</param>
    /// <returns>How many there were; zero when the journal holds no more for now.</returns>
    public int Step(int recordsMax, long last = long.MaxValue)
    {
        if (_store.Database.HasVanished(_connection))
        {
            throw new IOException($"The database {_store.Address} has vanished; it is made again from the journal.");
        }

        if (Sequence >= last || !_journal.TryRead(out var record))
        {
            return 0;
        }

        using var transaction = _connection.BeginTransaction();
        _tables.Scope.Transaction = transaction;
        var taken = 0;
        do
        {
            Take(record);
        }
        while (++taken < recordsMax && (long)_journal.Sequence < last && _journal.TryRead(out record));
        _tables.Write();
        var position = Move(transaction);
        transaction.Commit();
        _position = position;
        _tables.Trim();
        return taken;
    }

    public void Dispose()
    {
        _journal.Dispose();
        _connection.Dispose();
    }

    private void Take(Record record)
    {
        try
        {
            _fold.Take(record);
        }
        catch (MalformedRecordException wrong)
        {
            throw new StoreException(
                string.Create(CultureInfo.InvariantCulture, $"Journal record {record.Header.Sequence} of kind {record.Header.Kind} cannot be understood: {wrong.Message}"), wrong);
        }
    }

    private PositionEntry Move(DbTransaction transaction)
    {
        var place = _journal.Place();
        var next = new PositionEntry(
            OnlyRow, place.Segment, place.Offset, place.BlockStart, (long)place.Sequence, place.ReceivedTime, _fold.Session, place.SealHash, place.Hash);
        if (_position is null)
        {
            _connection.Execute(Catalog.Position.Insert, next, transaction);
            return next;
        }

        // Whoever else projects into this database has moved the position: then this batch is not the next one.
        var isOurs = _connection.Execute(
            "delete from position where id = @Id and sequence = @Sequence and hash = @Hash", new { _position.Id, _position.Sequence, _position.Hash }, transaction) == 1;
        if (!isOurs)
        {
            throw new IOException($"Another process projects into {_store.Address}.");
        }

        _connection.Execute(Catalog.Position.Insert, next, transaction);
        return next;
    }
}

using Dapper;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Storage.Tables;

namespace Parallax.Storage.Projection.Folds;

/// <summary>What the records' instrument numbers mean now: each session defines them before it starts, so the last definition holds.</summary>
internal sealed class InstrumentNumbers(BatchTables tables)
{
    private readonly Dictionary<int, InstrumentEntry> _byNumber = [];

    public void Define(in RecordPlace at, Instrument instrument)
    {
        var entry = new InstrumentEntry(
            at.Sequence,
            at.Instrument,
            instrument.Id.Venue.Name,
            instrument.Id.Pair,
            instrument.Symbol,
            instrument.Base.Code,
            instrument.Quote.Code,
            instrument.TickSize,
            instrument.LotSize,
            instrument.QuantityMin);
        _byNumber[at.Instrument] = entry;
        tables.Instruments.Add(entry);
    }

    /// <exception cref="MalformedRecordException">The record names an instrument that nothing defined.</exception>
    public InstrumentEntry Of(in RecordPlace at) => _byNumber.TryGetValue(at.Instrument, out var found)
        ? found
        : throw new MalformedRecordException($"Record {at.Sequence} names instrument {at.Instrument}, which no record before it defines.");

    /// <summary>Reads back what was defined before the projector started.</summary>
    public void Load()
    {
        _byNumber.Clear();
        var scope = tables.Scope;
        var newest = $"{Catalog.Instruments.Select} i where sequence = (select max(sequence) from instruments j where j.number = i.number)";
        foreach (var entry in scope.Connection!.Query<InstrumentEntry>(newest, transaction: scope.Transaction))
        {
            _byNumber[entry.Number] = entry;
        }
    }
}

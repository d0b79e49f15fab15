using Parallax.Journal.Framing;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.Venues.Tests.Kraken.Live;

/// <summary>Keeps what a gateway tells the engine.</summary>
internal sealed class DeskSink : IRecordSink
{
    private readonly Lock _gate = new();
    private readonly List<OrderEvent> _events = [];
    private readonly List<Statement> _statements = [];
    private readonly List<VenueStatus> _statuses = [];
    private readonly List<FeeSchedule> _fees = [];
    private readonly List<FeeCorrection> _corrections = [];

    public IReadOnlyList<OrderEvent> Of(ClientOrderId id) => [.. Told().Where(told => told.Id == id)];

    public IReadOnlyList<OrderEvent> Told() => Kept(_events);

    public IReadOnlyList<Statement> Statements() => Kept(_statements);

    public IReadOnlyList<VenueStatus> Statuses() => Kept(_statuses);

    public IReadOnlyList<FeeCorrection> Corrections() => Kept(_corrections);

    public IReadOnlyList<FeeSchedule> Fees() => Kept(_fees);

    private List<T> Kept<T>(List<T> list)
    {
        lock (_gate)
        {
            return [.. list];
        }
    }

    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[RecordFramer.RecordSize(payload.Length)];
        RecordFramer.Write(frame, header, payload, 1);
        lock (_gate)
        {
            switch (header.Kind)
            {
                case OrderEvent.RecordKind:
                    _events.Add(OrderEvent.Read(new Record(frame)));
                    break;
                case Statement.RecordKind:
                    _statements.Add(Statement.Read(new Record(frame)));
                    break;
                case VenueStatus.RecordKind:
                    _statuses.Add(VenueStatus.Read(new Record(frame)));
                    break;
                case FeeCorrection.RecordKind:
                    _corrections.Add(FeeCorrection.Read(new Record(frame)));
                    break;
                case FeeSchedule.RecordKind:
                    _fees.Add(FeeSchedule.Read(new Record(frame)));
                    break;
            }
        }
    }
}

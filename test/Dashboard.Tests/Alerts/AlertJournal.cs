using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;

namespace Parallax.Dashboard.Tests.Alerts;

/// <summary>A journal that a test writes by hand, record by record.</summary>
internal sealed class AlertJournal : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-alerts-").FullName;
    private readonly PayloadWriter _payload = new();
    private readonly JournalWriter _writer;

    public AlertJournal() => _writer = JournalWriter.Create(Folder);

    public string Folder => Path.Combine(_folder, "journal");

    /// <summary>Where channels keep how far they were told.</summary>
    public string Data => _folder;

    public void Halt(string reason, DateTimeOffset? at = null)
    {
        new TradingHalted(reason).Write(_payload.Restart());
        Append((byte)DecisionKind.TradingHalted, _payload.Written, at ?? TimeProvider.System.GetUtcNow());
    }

    public void Kill(string reason) =>
        Append(InputKind.Kill, new OperatorCommand(reason, "page").Write(_payload), TimeProvider.System.GetUtcNow());

    /// <summary>What nobody is told of.</summary>
    public void Everyday()
    {
        new OpportunityOpened(1, "USD>BTC>ETH>USD", 3m).Write(_payload.Restart());
        Append((byte)DecisionKind.OpportunityOpened, _payload.Written, TimeProvider.System.GetUtcNow());
    }

    public void Dispose()
    {
        _writer.Close();
        Directory.Delete(_folder, recursive: true);
    }

    private void Append(byte kind, ReadOnlySpan<byte> payload, DateTimeOffset at)
    {
        var time = UtcNanos.From(at).Value;
        _writer.Append(new RecordHeader { Kind = kind, VenueTime = time, ReceivedTime = time }, payload);
        _writer.Flush(FlushPolicy.Os);
    }
}

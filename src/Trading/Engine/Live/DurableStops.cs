using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;

namespace Parallax.Trading.Engine.Live;

/// <summary>What stops trading is durable before anything else is decided, as an intent is: power that goes right after must not start it again.</summary>
/// <param name="journal">Takes the engine's decisions; ends in <paramref name="file"/>.</param>
/// <param name="file">Flushed behind each record that stops.</param>
/// <param name="policy">How far: the one of the intents.</param>
public sealed class DurableStops(IRecordSink journal, SessionJournal file, FlushPolicy policy) : IRecordSink
{
    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        journal.Append(header, payload);
        if (Stops(header.Kind))
        {
            // On a full disk it holds in memory, and nothing is begun there anyway.
            _ = file.TryFlush(policy);
        }
    }

    /// <remarks>Some of these also say that something goes on again; they are rare, and it does no harm.</remarks>
    private static bool Stops(byte kind) => kind is InputKind.Kill
        or (byte)DecisionKind.TradingHalted or (byte)DecisionKind.KillSwitchTripped or (byte)DecisionKind.BalanceDrifted
        or (byte)DecisionKind.BreakerChanged or (byte)DecisionKind.RiskLevelChanged;
}

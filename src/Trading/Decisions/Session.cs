using Parallax.Journal.Framing;

namespace Parallax.Trading.Decisions;

/// <summary>A session begins: everything that shapes decisions besides the tape.</summary>
/// <param name="Number">Counts sessions of this journal from 1; part of every client order id.</param>
/// <param name="Settings">The engine's settings in their canonical text form (sorted <c>key=value</c> lines).</param>
public readonly record struct SessionStarted(int Number, string Mode, string Settings) : IDecision<SessionStarted>
{
    public static DecisionKind Kind => DecisionKind.SessionStarted;

    public void Write(PayloadWriter writer) => writer.Int32(Number).Text(Mode).Text(Settings);

    public static SessionStarted Read(ref PayloadReader reader) => new(reader.Int32(), reader.Text(), reader.Text());
}

/// <summary>A session ended in order, with its totals.</summary>
public readonly record struct SessionEnded(long Records, long Opportunities, int Plans) : IDecision<SessionEnded>
{
    public static DecisionKind Kind => DecisionKind.SessionEnded;

    public void Write(PayloadWriter writer) => writer.Int64(Records).Int64(Opportunities).Int32(Plans);

    public static SessionEnded Read(ref PayloadReader reader) => new(reader.Int64(), reader.Int64(), reader.Int32());
}

/// <summary>The engine opens no more plans until an operator says otherwise: its own check failed, or it was told to stop.</summary>
public readonly record struct TradingHalted(string Reason) : IDecision<TradingHalted>
{
    public static DecisionKind Kind => DecisionKind.TradingHalted;

    public void Write(PayloadWriter writer) => writer.Text(Reason);

    public static TradingHalted Read(ref PayloadReader reader) => new(reader.Text());
}

/// <summary>The engine stops trading as an operator's kill would, by itself: it holds over restarts until an operator resumes.</summary>
/// <param name="Reason">A stable code, a colon, and what was found: <c>balance-drift: -0.05 BTC at kraken (ledger 1.05, venue 1)</c>.</param>
public readonly record struct KillSwitchTripped(string Reason) : IDecision<KillSwitchTripped>
{
    public static DecisionKind Kind => DecisionKind.KillSwitchTripped;

    public void Write(PayloadWriter writer) => writer.Text(Reason);

    public static KillSwitchTripped Read(ref PayloadReader reader) => new(reader.Text());
}

/// <summary>A book cannot be trusted until its next snapshot. The record's subject is the instrument.</summary>
public readonly record struct BookInvalidated(string Reason) : IDecision<BookInvalidated>
{
    public static DecisionKind Kind => DecisionKind.BookInvalidated;

    public void Write(PayloadWriter writer) => writer.Text(Reason);

    public static BookInvalidated Read(ref PayloadReader reader) => new(reader.Text());
}

using Parallax.Journal.Framing;

namespace Parallax.Trading.Risk;

/// <summary>What risk is told besides the market: on the tape of a session like everything else.</summary>
public static class RiskInput
{
    /// <summary>What an earlier session left. Payload: a <see cref="RiskMemory"/>. Before the first book.</summary>
    public const byte Opening = RecordKinds.InputFirst + 16;

    /// <summary>An operator opens or closes a breaker. Payload: a <see cref="BreakerCommand"/>.</summary>
    public const byte Breaker = RecordKinds.InputFirst + 17;

    /// <summary>An operator accepts the losses so far: halted ends, peak and day begin anew. Payload: an <see cref="Engine.OperatorCommand"/>.</summary>
    public const byte Reset = RecordKinds.InputFirst + 18;
}

/// <param name="Scope"><c>global</c>, <c>strategy:cycles</c>, <c>venue:kraken</c>.</param>
/// <param name="IsTrip">Opens it for its pause; else closes it.</param>
/// <param name="Reason">In the operator's words.</param>
public readonly record struct BreakerCommand(string Scope, bool IsTrip, string Reason, string Who)
{
    public ReadOnlySpan<byte> Write(PayloadWriter writer) => writer.Restart().Text(Scope).Bool(IsTrip).Text(Reason).Text(Who).Written;

    /// <exception cref="MalformedRecordException">The payload is no command.</exception>
    public static BreakerCommand Read(Record record)
    {
        var reader = new PayloadReader(record.Payload);
        return new BreakerCommand(reader.Text(), reader.Bool(), reader.Text(), reader.Text());
    }
}

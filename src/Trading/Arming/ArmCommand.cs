using Parallax.Journal.Framing;

namespace Parallax.Trading.Arming;

/// <summary>An operator lets a live session send orders, for a time and up to a loss. An input record (kind 85).</summary>
/// <param name="UntilTime">UTC nanoseconds; from then on nothing is opened.</param>
/// <param name="LossMax">Positive, in the reporting currency: a loss of plans since arming that reaches it disarms.</param>
/// <param name="Reason">In the operator's words.</param>
/// <param name="Who">Who asked: <c>page</c>, <c>cli</c>, …</param>
public readonly record struct ArmCommand(long UntilTime, decimal LossMax, string Reason, string Who)
{
    public const byte RecordKind = RecordKinds.InputFirst + 21;

    public ReadOnlySpan<byte> Write(PayloadWriter writer) => writer.Restart().Int64(UntilTime).Decimal(LossMax).Text(Reason).Text(Who).Written;

    /// <exception cref="MalformedRecordException">The payload is no such command.</exception>
    public static ArmCommand Read(Record record)
    {
        var reader = new PayloadReader(record.Payload);
        var command = new ArmCommand(reader.Int64(), reader.Decimal(), reader.Text(), reader.Text());
        return command.LossMax > 0m ? command : throw new MalformedRecordException($"A session is armed up to a positive loss; found {command.LossMax}.");
    }
}

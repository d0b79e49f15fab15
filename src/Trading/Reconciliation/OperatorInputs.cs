using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Reconciliation;

/// <summary>An operator takes the venue's word for a balance that drifted. An input record (kind 74).</summary>
public readonly record struct BalanceAcceptance(Holding Holding, OperatorCommand Command)
{
    public const byte RecordKind = RecordKinds.InputFirst + 10;

    public ReadOnlySpan<byte> Write(PayloadWriter writer) =>
        writer.Restart().Holding(Holding).Text(Command.Reason).Text(Command.Who).Written;

    /// <exception cref="MalformedRecordException">The payload is no acceptance.</exception>
    public static BalanceAcceptance Read(Record record)
    {
        var reader = new PayloadReader(record.Payload);
        return new BalanceAcceptance(reader.Holding(), new OperatorCommand(reader.Text(), reader.Text()));
    }
}

/// <summary>What an operator wants done with a residual. The numbers stand on tapes.</summary>
public enum ResidualWish : byte
{
    /// <summary>Bring it home at what the books pay now.</summary>
    WorkOff = 1,

    /// <summary>Keep it as inventory and list it no more.</summary>
    WriteOff = 2,
}

/// <summary>An operator decides about a residual. An input record (kind 75).</summary>
public readonly record struct ResidualCommand(int Number, ResidualWish Wish, OperatorCommand Command)
{
    public const byte RecordKind = RecordKinds.InputFirst + 11;

    public ReadOnlySpan<byte> Write(PayloadWriter writer) =>
        writer.Restart().Int32(Number).Byte((byte)Wish).Text(Command.Reason).Text(Command.Who).Written;

    /// <exception cref="MalformedRecordException">The payload is no such command.</exception>
    public static ResidualCommand Read(Record record)
    {
        var reader = new PayloadReader(record.Payload);
        var (number, wish) = (reader.Int32(), (ResidualWish)reader.Byte());
        return Enum.IsDefined(wish)
            ? new ResidualCommand(number, wish, new OperatorCommand(reader.Text(), reader.Text()))
            : throw new MalformedRecordException($"No wish about a residual has number {(byte)wish}.");
    }
}

using Parallax.Domain;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Ledger;

/// <summary>One entry of the ledger: why, for which order, and the movements, which balance by construction.</summary>
public readonly struct Transaction
{
    public const int LinesMax = 6;

    private readonly Movement _first;
    private readonly Movement _second;
    private readonly Movement _third;

    private Transaction(PostingReason reason, Movement first, Movement second = default, Movement third = default)
    {
        Reason = reason;
        _first = first;
        _second = second;
        _third = third;
    }

    public PostingReason Reason { get; }

    /// <summary>The order behind a fill or fee; zero otherwise.</summary>
    public ClientOrderId Order { get; private init; }

    /// <summary>The venue's number of the trade; zero when no trade is behind it.</summary>
    public ulong TradeId { get; private init; }

    public static Transaction Of(in Fill fill) => new(
        PostingReason.Fill,
        Movement.Between(fill.Spent, Account.Holdings, Account.Trading, fill.SpentAmount),
        Movement.Between(fill.Received, Account.Trading, Account.Holdings, fill.ReceivedAmount),
        Movement.Between(fill.FeeHolding, Account.Holdings, Account.Fees, fill.Fee))
    {
        Order = fill.Order,
        TradeId = fill.TradeId,
    };

    public static Transaction Deposit(Holding holding, decimal amount) =>
        new(PostingReason.Deposit, Movement.Between(holding, Account.External, Account.Holdings, Positive(amount)));

    public static Transaction Withdrawal(Holding holding, decimal amount) =>
        new(PostingReason.Withdrawal, Movement.Between(holding, Account.Holdings, Account.External, Positive(amount)));

    /// <summary>Moves an amount in (positive) or out for a reason outside our trading.</summary>
    public static Transaction Outside(Holding holding, decimal change, PostingReason reason) =>
        new(reason, Movement.Between(holding, Account.External, Account.Holdings, change));

    public static Transaction Transfer(Asset asset, VenueId from, VenueId to, decimal amount) =>
        new(PostingReason.Transfer, Movement.Across(asset, from, to, Positive(amount)));

    /// <param name="change">What the venue's rounding did to the balance; negative took from us.</param>
    public static Transaction Rounding(Holding holding, decimal change) =>
        new(PostingReason.Rounding, Movement.Between(holding, Account.Rounding, Account.Holdings, change));

    /// <param name="drift">Venue balance minus ours; booked as an external movement, never as profit.</param>
    /// <remarks>A drift of more than 28 digits is two movements, so that none of it is lost.</remarks>
    public static Transaction Reconciliation(Holding holding, ExactSum drift) => new(
        PostingReason.Reconciliation,
        Movement.Between(holding, Account.External, Account.Holdings, drift.Value),
        Movement.Between(holding, Account.External, Account.Holdings, (drift - drift.Value).Value));

    /// <param name="more">What is charged on top of the fee booked before; negative gives some back.</param>
    public static Transaction FeeCorrection(Holding holding, decimal more, ClientOrderId order, ulong tradeId) =>
        new(PostingReason.FeeCorrection, Movement.Between(holding, Account.Holdings, Account.Fees, more)) { Order = order, TradeId = tradeId };

    /// <summary>A trade that never was: its movements the other way round, with the fee as it stands by now.</summary>
    public static Transaction Reversal(BookedTrade trade) => new(
        PostingReason.TradeReversal,
        Movement.Between(trade.Spent, Account.Trading, Account.Holdings, trade.SpentAmount),
        Movement.Between(trade.Received, Account.Holdings, Account.Trading, trade.ReceivedAmount),
        Movement.Between(new Holding(trade.FeeAsset, trade.Venue), Account.Fees, Account.Holdings, trade.Fee))
    {
        Order = trade.Order,
        TradeId = trade.TradeId,
    };

    /// <summary>Writes the lines, two a movement, nothing for a movement of zero.</summary>
    /// <param name="lines">Room for <see cref="LinesMax"/>.</param>
    /// <returns>How many were written.</returns>
    public int CopyLines(Span<PostingLine> lines)
    {
        var count = 0;
        Copy(_first, lines, ref count);
        Copy(_second, lines, ref count);
        Copy(_third, lines, ref count);
        return count;
    }

    private static void Copy(in Movement movement, Span<PostingLine> lines, ref int count)
    {
        if (!movement.IsZero)
        {
            lines[count++] = movement.From;
            lines[count++] = movement.To;
        }
    }

    private static decimal Positive(decimal amount) =>
        amount > 0m ? amount : throw new ArgumentOutOfRangeException(nameof(amount), amount, "An external movement has a positive amount.");
}

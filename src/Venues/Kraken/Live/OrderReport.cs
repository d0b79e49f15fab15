using Parallax.Trading.Execution;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>What REST says of an order that was asked for by our id.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Order"><see langword="null"/> when it is in neither list, or when the lists could not be read.</param>
/// <param name="Trades">All its fills.</param>
/// <param name="Trouble">Why the question has no answer; <see langword="null"/> when it has one.</param>
internal sealed record OrderReport(ClientOrderId Id, OrderInfo? Order, IReadOnlyList<TradeInfo> Trades, string? Trouble)
{
    /// <summary>The instrument's number; <see langword="null"/> where the session does not trade it.</summary>
    public ushort? Instrument { get; init; }

    /// <summary>Both lists were read, the open orders and the closed ones, and neither has it.</summary>
    public bool IsAbsent => Order is null && Trouble is null;

    public static OrderReport NoAnswer(ClientOrderId id, string trouble) => new(id, null, [], trouble);
}

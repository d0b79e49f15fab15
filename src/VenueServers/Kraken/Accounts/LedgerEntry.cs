using Parallax.Domain;

namespace Parallax.VenueServers.Kraken.Accounts;

/// <summary>A deposit or a withdrawal. Trades are told by TradesHistory only.</summary>
/// <param name="Id">The entry's.</param>
/// <param name="ReferenceId">What caused it.</param>
/// <param name="Type"><c>deposit</c> or <c>withdrawal</c>.</param>
/// <param name="Amount">Fee not included; negative went out.</param>
/// <param name="Balance">After it.</param>
/// <param name="Time">UTC nanoseconds.</param>
internal sealed record LedgerEntry(string Id, string ReferenceId, string Type, Asset Asset, decimal Amount, decimal Fee, decimal Balance, long Time);

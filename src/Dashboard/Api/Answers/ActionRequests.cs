namespace Parallax.Dashboard.Api.Answers;

/// <summary>A decision about a residual.</summary>
/// <param name="Reason">Why, in one line of 1 to 200 characters. It goes into the journal.</param>
/// <param name="Confirmation">The words of the list, which hold the amount: work off 0.002 BTC.</param>
/// <param name="By">As in every command: cli or nothing.</param>
public sealed record ResidualRequest(string? Reason, string? Confirmation = null, string? By = null);

/// <summary>Taking the venue's word for a balance.</summary>
/// <param name="Asset">BTC.</param>
/// <param name="Venue">May be left out where one venue only disagrees.</param>
/// <param name="Reason">Why, in one line of 1 to 200 characters. It goes into the journal.</param>
/// <param name="Confirmation">The words of the list, which hold the amount: accept 1.25 BTC.</param>
/// <param name="By">As in every command: cli or nothing.</param>
public sealed record AcceptBalanceRequest(string? Asset, string? Reason, string? Venue = null, string? Confirmation = null, string? By = null);

/// <summary>Opening or closing a breaker.</summary>
/// <param name="Breaker">global, strategy:cycles, venue:kraken.</param>
/// <param name="Reason">Why, in one line of 1 to 200 characters. It goes into the journal.</param>
/// <param name="By">As in every command: cli or nothing.</param>
public sealed record BreakerRequest(string? Breaker, string? Reason, string? By = null);

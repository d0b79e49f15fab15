namespace Parallax.VenueServers.Kraken.Faults;

/// <summary>What befalls one REST call on its way, as a content network or a gateway before the venue would have it.</summary>
/// <param name="Method">Of the call it waits for, such as <c>AddOrder</c>.</param>
/// <param name="Status">HTTP status that the client gets instead of the answer.</param>
/// <param name="IsCarriedOut">Whether the venue has done what was asked all the same.</param>
/// <param name="RetryAfterSeconds">Of the header; <see langword="null"/> for none.</param>
/// <param name="Error">An error of the venue instead of a status; <see langword="null"/> for none.</param>
public sealed record RestFault(string Method, int Status, bool IsCarriedOut = false, int? RetryAfterSeconds = null, string? Error = null);

namespace Parallax.VenueServers.Kraken.Rest;

/// <summary>What goes back to a client.</summary>
/// <param name="Body">JSON; empty where something before the venue answered.</param>
/// <param name="RetryAfterSeconds">Of the header; <see langword="null"/> for none.</param>
internal sealed record HttpAnswer(byte[] Body, int Status = 200, int? RetryAfterSeconds = null);

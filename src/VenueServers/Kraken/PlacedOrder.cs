using Parallax.Domain;

namespace Parallax.VenueServers.Kraken;

/// <summary>An order as the venue has it.</summary>
/// <param name="ClientId">What its sender called it; <see langword="null"/> for one placed by hand.</param>
/// <param name="Quantity">Base.</param>
/// <param name="Filled">Base.</param>
/// <param name="Trades">How many made up what is filled.</param>
public sealed record PlacedOrder(string? ClientId, string Symbol, Side Side, decimal Quantity, decimal Filled, int Trades, bool IsOpen);

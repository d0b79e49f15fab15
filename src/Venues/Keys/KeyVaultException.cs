namespace Parallax.Venues.Keys;

/// <summary>A vault that cannot be used: one sentence about what was expected, what was found and where. Never with anything secret in it.</summary>
public sealed class KeyVaultException(string message, Exception? inner = null) : Exception(message, inner);

namespace Parallax.Trading.Ledger;

/// <summary>The books do not add up: a fault of ours. The engine stops, because corrupt money is worse than none.</summary>
public sealed class LedgerException(string message) : Exception(message);

namespace Parallax.Storage;

/// <summary>The store cannot be used as it is, and trying again would not help. The message is one sentence for the user; no password is ever in it.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);

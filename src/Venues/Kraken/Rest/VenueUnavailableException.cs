namespace Parallax.Venues.Kraken.Rest;

/// <summary>The venue did not give what nothing can begin without. The message says what, and what it said instead.</summary>
public sealed class VenueUnavailableException(string message) : IOException(message);

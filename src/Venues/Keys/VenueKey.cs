namespace Parallax.Venues.Keys;

/// <summary>What opens an account at a venue. Never printed: whatever turns it into text gets three stars.</summary>
/// <param name="Key">Sent with every private request.</param>
/// <param name="Secret">As the venue shows it; signs and never leaves.</param>
public sealed record VenueKey(string Key, string Secret)
{
    public override string ToString() => "VenueKey ***";
}

/// <summary>What a vault tells of a key without being unlocked.</summary>
/// <param name="Name">Chosen by the operator; 1 to 40 of <c>a-z 0-9 . _ -</c>.</param>
public sealed record StoredKey(string Name, string Venue, DateTimeOffset AddedTime);

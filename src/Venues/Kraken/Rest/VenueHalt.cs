namespace Parallax.Venues.Kraken.Rest;

/// <summary>Why nothing more is sent to the venue until a person looked.</summary>
/// <param name="Reason">A stable code: one of the constants here.</param>
/// <param name="Text">For people, without secrets: what happened and what to do.</param>
public sealed record VenueHalt(string Reason, string Text)
{
    public const string KeyRevoked = "key-revoked";
    public const string LockedOut = "locked-out";
    public const string Nonce = "nonce";
    public const string Banned = "banned";

    /// <summary>Not a halt of ours but the venue's wish: it ends by itself.</summary>
    public const string RateLimited = "rate-limited";

    /// <summary>A fill that cannot be booked.</summary>
    public const string UnreadableFill = "unreadable-fill";

    /// <summary>The halt that an error calls for; <see langword="null"/> when it calls for none.</summary>
    public static VenueHalt? On(string error) => ErrorCodes.Classify(error) switch
    {
        ErrorClass.Fatal => new VenueHalt(KeyRevoked, error),
        ErrorClass.Lockout => new VenueHalt(LockedOut, error),
        _ => null,
    };
}

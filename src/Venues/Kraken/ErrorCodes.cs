namespace Parallax.Venues.Kraken;

/// <summary>What an error of the venue asks of us.</summary>
public enum ErrorClass : byte
{
    /// <summary>A text this version does not know: for an order, the outcome counts as unknown.</summary>
    Unknown = 0,

    /// <summary>Stop the venue: key, signature or permission.</summary>
    Fatal,

    /// <summary>Do not try again for a quarter of an hour.</summary>
    Lockout,

    /// <summary>Try once more with a larger nonce; repeated, another process uses the key.</summary>
    Nonce,

    /// <summary>Wait before any further request.</summary>
    Throttled,

    /// <summary>Wait before any further order in this pair.</summary>
    PairThrottled,

    /// <summary>The order may or may not live: ask before anything else.</summary>
    OutcomeUnknown,

    /// <summary>The order's deadline passed before it was matched: it certainly did not trade.</summary>
    NotExecuted,

    /// <summary>The pair is not open to new orders; the instrument channel says when it is again.</summary>
    MarketClosed,

    InsufficientFunds,

    /// <summary>The request was wrong: our mistake or old instrument data. No retry.</summary>
    BadRequest,

    /// <summary>The order is not open any more.</summary>
    UnknownOrder,

    /// <summary>A passive order would have crossed.</summary>
    WouldCross,
}

/// <summary>Maps the venue's error texts (<c>EOrder:Insufficient funds</c>) to what they ask of us.</summary>
/// <remarks>Last checked against the list of krakenfx/kraken-cli in 2026. Two spellings of throttling occur.</remarks>
public static class ErrorCodes
{
    /// <summary>Texts that start with a W are warnings: the request was carried out.</summary>
    public static bool IsWarning(string text) => text.StartsWith('W');

    /// <summary>Never fails: a text that nobody told us about is <see cref="ErrorClass.Unknown"/>.</summary>
    public static ErrorClass Classify(string text) => ClassifyPlain(WithoutBlank(text));

    private static ErrorClass ClassifyPlain(string text) => text switch
    {
        "EGeneral:Temporary lockout" => ErrorClass.Lockout,
        "EAPI:Invalid nonce" => ErrorClass.Nonce,
        "EOrder:Rate limit exceeded" or "EOrder:Domain rate limit exceeded" or "EOrder:Orders limit exceeded" => ErrorClass.PairThrottled,
        "EAPI:Rate limit exceeded" or "Exceeded msg rate" => ErrorClass.Throttled,
        "EService:Deadline elapsed" => ErrorClass.NotExecuted,
        "EOrder:Insufficient funds" => ErrorClass.InsufficientFunds,
        "EOrder:Unknown order" => ErrorClass.UnknownOrder,
        "EOrder:Post only order" => ErrorClass.WouldCross,
        "EService:Unavailable" or "EService:Busy" or "EGeneral:Internal error" => ErrorClass.OutcomeUnknown,
        "EAPI:Invalid key" or "EAPI:Invalid signature" or "EGeneral:Permission denied" => ErrorClass.Fatal,
        "EQuery:Unknown asset pair" or "EQuery:Unknown asset" or "EGeneral:Unknown method" or "EOrder:Order minimum not met" or "EOrder:Cost minimum not met" or "EOrder:Tick size check failed"
            or "EOrder:Invalid price" => ErrorClass.BadRequest,
        _ when Starts(text, "EAccount:") || Starts(text, "EAuth:") => ErrorClass.Fatal,
        _ when Starts(text, "EService:Throttled") => ErrorClass.Throttled,
        _ when Starts(text, "EService:Market in ") => ErrorClass.MarketClosed,
        _ when Starts(text, "EGeneral:Invalid arguments") => ErrorClass.BadRequest,
        _ when Starts(text, "EService:") => ErrorClass.OutcomeUnknown,
        _ => ErrorClass.Unknown,
    };

    /// <summary>Until when a throttled caller has to wait, UTC seconds since 1970, where the text says so.</summary>
    public static bool TryThrottledUntil(string text, out long unixSeconds)
    {
        unixSeconds = 0;
        return Classify(text) == ErrorClass.Throttled
            && long.TryParse(text.AsSpan(text.LastIndexOf(':') + 1).Trim(), System.Globalization.NumberStyles.None, null, out unixSeconds);
    }

    /// <summary><c>EService: Throttled</c> and <c>EService:Throttled</c> both occur.</summary>
    private static string WithoutBlank(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? text : string.Concat(text.AsSpan(0, colon + 1), text.AsSpan(colon + 1).Trim());
    }

    private static bool Starts(string text, string start) => text.StartsWith(start, StringComparison.Ordinal);
}

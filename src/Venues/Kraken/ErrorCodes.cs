using System.Globalization;

namespace Parallax.Venues.Kraken;

/// <summary>What an error of the venue says.</summary>
public enum ErrorClass : byte
{
    /// <summary>A text this version does not know.</summary>
    Unknown = 0,

    /// <summary>Key, signature or permission.</summary>
    Fatal,

    /// <summary>Do not try again for a quarter of an hour.</summary>
    Lockout,

    /// <summary>Try once more with a larger nonce; repeated, another process uses the key.</summary>
    Nonce,

    /// <summary>The token of the private feed is not good any more: fetch another.</summary>
    Session,

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

/// <summary>What an error asks of us.</summary>
public enum ErrorResponse : byte
{
    /// <summary>Certainly nothing was done, and the same request will not do better.</summary>
    Refused = 0,

    /// <summary>Certainly nothing was done; it may be asked again later, or with what the error names.</summary>
    RetryAfter,

    /// <summary>It may have been done: ask the venue first.</summary>
    OutcomeUnknown,

    /// <summary>Certainly nothing was done, and nothing more is to be sent until a person looked.</summary>
    HaltVenue,
}

/// <summary>Every error text of the venue, once, with what it says; and what each kind asks of us.</summary>
/// <remarks>Last checked against the list of krakenfx/kraken-cli in 2026. Two spellings of throttling occur.</remarks>
public static class ErrorCodes
{
    /// <summary>A star at the end stands for any rest. The first line that fits holds.</summary>
    private static readonly (string Text, ErrorClass Class)[] Table =
    [
        ("EAPI:Invalid key", ErrorClass.Fatal),
        ("EAPI:Invalid signature", ErrorClass.Fatal),
        ("EGeneral:Permission denied", ErrorClass.Fatal),
        ("EAccount:*", ErrorClass.Fatal),
        ("EAuth:*", ErrorClass.Fatal),
        ("EGeneral:Temporary lockout", ErrorClass.Lockout),
        ("EAPI:Invalid nonce", ErrorClass.Nonce),
        // UNSURE: from the feed's practice, in none of the lists.
        ("ESession:Invalid session", ErrorClass.Session),
        ("EAPI:Rate limit exceeded", ErrorClass.Throttled),
        ("Exceeded msg rate", ErrorClass.Throttled),
        ("EService:Throttled*", ErrorClass.Throttled),
        ("EOrder:Rate limit exceeded", ErrorClass.PairThrottled),
        ("EOrder:Domain rate limit exceeded", ErrorClass.PairThrottled),
        ("EOrder:Orders limit exceeded", ErrorClass.PairThrottled),
        ("EService:Deadline elapsed", ErrorClass.NotExecuted),
        ("EService:Market in *", ErrorClass.MarketClosed),
        ("EService:Unavailable", ErrorClass.OutcomeUnknown),
        ("EService:Busy", ErrorClass.OutcomeUnknown),
        ("EService:*", ErrorClass.OutcomeUnknown),
        ("EGeneral:Internal error", ErrorClass.OutcomeUnknown),
        ("EOrder:Insufficient funds", ErrorClass.InsufficientFunds),
        ("EOrder:Order minimum not met", ErrorClass.BadRequest),
        ("EOrder:Cost minimum not met", ErrorClass.BadRequest),
        ("EOrder:Tick size check failed", ErrorClass.BadRequest),
        ("EOrder:Invalid price", ErrorClass.BadRequest),
        ("EGeneral:Invalid arguments*", ErrorClass.BadRequest),
        ("EGeneral:Unknown method", ErrorClass.BadRequest),
        ("EQuery:Unknown asset pair", ErrorClass.BadRequest),
        ("EQuery:Unknown asset", ErrorClass.BadRequest),
        ("EOrder:Unknown order", ErrorClass.UnknownOrder),
        ("EOrder:Post only order", ErrorClass.WouldCross),
    ];

    /// <summary>Texts that start with a W are warnings: the request was carried out.</summary>
    public static bool IsWarning(string text) => text.StartsWith('W');

    /// <summary>Never fails: a text that nobody told us about is <see cref="ErrorClass.Unknown"/>.</summary>
    public static ErrorClass Classify(string text)
    {
        var plain = WithoutBlank(text);
        foreach (var (known, @class) in Table)
        {
            if (known.EndsWith('*') ? plain.StartsWith(known.AsSpan(0, known.Length - 1), StringComparison.Ordinal) : plain == known)
            {
                return @class;
            }
        }

        return ErrorClass.Unknown;
    }

    /// <param name="isPlacement">Whether the request was to place an order: then a text that nobody told us about leaves the outcome open.</param>
    public static ErrorResponse Respond(string text, bool isPlacement) => Classify(text) switch
    {
        ErrorClass.Fatal or ErrorClass.Lockout => ErrorResponse.HaltVenue,
        ErrorClass.Nonce or ErrorClass.Session or ErrorClass.Throttled or ErrorClass.PairThrottled => ErrorResponse.RetryAfter,
        ErrorClass.OutcomeUnknown => ErrorResponse.OutcomeUnknown,
        ErrorClass.Unknown => isPlacement ? ErrorResponse.OutcomeUnknown : ErrorResponse.Refused,
        _ => ErrorResponse.Refused,
    };

    /// <summary>Until when a throttled caller has to wait, UTC seconds since 1970, where the text says so.</summary>
    public static bool TryThrottledUntil(string text, out long unixSeconds)
    {
        unixSeconds = 0;
        return Classify(text) == ErrorClass.Throttled
            && long.TryParse(text.AsSpan(text.LastIndexOf(':') + 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out unixSeconds);
    }

    /// <summary><c>EService: Throttled</c> and <c>EService:Throttled</c> both occur.</summary>
    private static string WithoutBlank(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? text : string.Concat(text.AsSpan(0, colon + 1), text.AsSpan(colon + 1).Trim());
    }
}

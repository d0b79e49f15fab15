using System.Net;
using Parallax.Domain;

namespace Parallax.Venues.Connectivity.Rest;

/// <summary>What became of a request.</summary>
public enum RestOutcome : byte
{
    /// <summary>Sent, perhaps carried out, not answered in full: too late, cut off, or an answer too long to read. Never take it for a no.</summary>
    Unknown = 0,

    /// <summary>A whole answer came, of whatever status.</summary>
    Answered = 1,

    /// <summary>No connection came about, so the venue cannot have seen the request.</summary>
    NotSent = 2,
}

/// <summary>A request's end, as far as it is known.</summary>
public sealed record RestReply
{
    public required RestOutcome Outcome { get; init; }

    /// <summary>Where answered.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Where answered, unpacked; may be empty.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>How long the venue asked us to wait, where it did.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Where not answered: one sentence with host and path, never query, headers or body.</summary>
    public string Trouble { get; init; } = "";

    /// <summary>Our clock just before the (last) attempt.</summary>
    public required UtcNanos Sent { get; init; }

    /// <summary>Our clock when it ended.</summary>
    public required UtcNanos Received { get; init; }

    /// <summary>Attempts made.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Answered with a status of 200 to 299. Venues report errors in such answers too.</summary>
    public bool IsSuccess => Status is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices;
}

using Parallax.Domain;

namespace Parallax.VenueServers.Kraken.Exchange;

/// <summary>An order as the client asked for it, already on the instrument's grid.</summary>
internal sealed record OrderTerms
{
    public required Market Market { get; init; }

    public required Side Side { get; init; }

    public required long QuantityLots { get; init; }

    /// <summary><see langword="null"/> for a market order.</summary>
    public required long? LimitTicks { get; init; }

    public required TimeInForce TimeInForce { get; init; }

    /// <summary>Refused when it would take.</summary>
    public bool IsPostOnly { get; init; }

    /// <summary>The client's own id, unique among the account's open orders; <see langword="null"/> when none was given.</summary>
    public string? ClientId { get; init; }

    /// <summary>The client's group number; <see langword="null"/> when none was given.</summary>
    public int? UserReference { get; init; }

    /// <summary>UTC nanoseconds after which the order must not be matched; <see langword="null"/> when none was given.</summary>
    public long? Deadline { get; init; }

    /// <summary>Whether the order is only to be checked.</summary>
    public bool IsValidateOnly { get; init; }

    public string Type => LimitTicks is null ? "market" : "limit";
}

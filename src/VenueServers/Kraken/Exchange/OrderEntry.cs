using Parallax.Domain;

namespace Parallax.VenueServers.Kraken.Exchange;

/// <summary>What a client wrote when it asked for an order, REST and WebSocket alike, before anything is checked.</summary>
internal sealed record OrderEntry
{
    public required Market? Market { get; init; }

    /// <summary><c>buy</c> or <c>sell</c>.</summary>
    public required string? Side { get; init; }

    /// <summary><c>limit</c> or <c>market</c>; others exist on the venue, not here.</summary>
    public required string? Type { get; init; }

    /// <summary>Base.</summary>
    public required decimal? Quantity { get; init; }

    /// <summary>Quote per base.</summary>
    public required decimal? LimitPrice { get; init; }

    /// <summary><c>gtc</c>, <c>ioc</c> or <c>fok</c> in any case; gtc when not given.</summary>
    public required string? TimeInForce { get; init; }

    public required bool IsPostOnly { get; init; }

    public required string? ClientId { get; init; }

    public required int? UserReference { get; init; }

    /// <summary>RFC 3339.</summary>
    public required string? Deadline { get; init; }

    public required bool IsValidateOnly { get; init; }

    /// <summary>Puts it on the instrument's grid.</summary>
    /// <param name="error">Kraken's words for what is wrong.</param>
    /// <returns><see langword="null"/> when something is.</returns>
    public OrderTerms? Read(out string? error)
    {
        error = Broken();
        if (error is not null)
        {
            return null;
        }

        var isMarket = Type == "market";
        Market!.Instrument.TryLots(Quantity!.Value, out var lots);
        var ticks = 0L;
        if (!isMarket)
        {
            Market.Instrument.TryTicks(LimitPrice!.Value, out ticks);
        }

        return new OrderTerms
        {
            Market = Market,
            Side = Side == "buy" ? Domain.Side.Buy : Domain.Side.Sell,
            QuantityLots = lots,
            LimitTicks = isMarket ? null : ticks,
            TimeInForce = isMarket ? Domain.TimeInForce.ImmediateOrCancel : ReadTimeInForce()!.Value,
            IsPostOnly = IsPostOnly,
            ClientId = ClientId,
            UserReference = UserReference,
            Deadline = Deadline is not null && UtcNanos.TryParse(Deadline, out var deadline) ? deadline.Value : null,
            IsValidateOnly = IsValidateOnly,
        };
    }

    private string? Broken()
    {
        if (Market is null)
        {
            return "EQuery:Unknown asset pair";
        }

        if (Type is not ("limit" or "market"))
        {
            return "EGeneral:Invalid arguments:ordertype";
        }

        if (Side is not ("buy" or "sell"))
        {
            return "EGeneral:Invalid arguments:type";
        }

        if (Quantity is not > 0 || !Market.Instrument.TryLots(Quantity.Value, out _))
        {
            return "EGeneral:Invalid arguments:volume";
        }

        return BrokenPrice() ?? BrokenRest();
    }

    private string? BrokenPrice()
    {
        if (Type == "market")
        {
            return null;
        }

        if (LimitPrice is not > 0)
        {
            return "EOrder:Invalid price";
        }

        return Market!.Instrument.TryTicks(LimitPrice.Value, out _) ? null : "EOrder:Tick size check failed";
    }

    private string? BrokenRest()
    {
        if (ReadTimeInForce() is null)
        {
            return "EGeneral:Invalid arguments:timeinforce";
        }

        if (Deadline is not null && !UtcNanos.TryParse(Deadline, out _))
        {
            return "EGeneral:Invalid arguments:deadline";
        }

        if (ClientId is not null && (UserReference is not null || !IsClientId(ClientId)))
        {
            return "EGeneral:Invalid arguments:cl_ord_id";
        }

        return null;
    }

    private TimeInForce? ReadTimeInForce() => TimeInForce?.ToLowerInvariant() switch
    {
        null or "gtc" => Domain.TimeInForce.GoodTilCanceled,
        "ioc" => Domain.TimeInForce.ImmediateOrCancel,
        "fok" => Domain.TimeInForce.FillOrKill,
        _ => null,
    };

    /// <summary>A UUID with or without dashes, or up to 18 characters of free text.</summary>
    private static bool IsClientId(string id) => id.Length switch
    {
        36 => Guid.TryParseExact(id, "D", out _),
        32 => Guid.TryParseExact(id, "N", out _),
        >= 1 and <= 18 => id.All(char.IsAscii),
        _ => false,
    };
}

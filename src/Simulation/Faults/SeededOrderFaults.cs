using Parallax.Simulation.Randomness;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Faults;

/// <summary>Rejections and losses at given rates, by a seed.</summary>
/// <remarks>Every kind of fault draws from its own stream: raising one rate leaves the others' moments as they were.</remarks>
public sealed class SeededOrderFaults : IOrderFaults
{
    private static readonly string[] Reasons = ["rate limit exceeded", "price outside of the allowed band", "venue busy"];

    private readonly OrderFaultRates _rates;
    private readonly SeededRandom _rejects, _requests, _responses, _queries;

    /// <exception cref="ArgumentOutOfRangeException">A rate is not between 0 and 1.</exception>
    public SeededOrderFaults(OrderFaultRates rates, ulong seed)
    {
        _rates = rates.Validated();
        _rejects = new SeededRandom(seed, stream: 0x20);
        _requests = new SeededRandom(seed, stream: 0x21);
        _responses = new SeededRandom(seed, stream: 0x22);
        _queries = new SeededRandom(seed, stream: 0x23);
    }

    /// <summary>A venue that never fails.</summary>
    public static SeededOrderFaults None => new(new OrderFaultRates(), seed: 0);

    public OrderFault OfOrder(in OrderRequest request)
    {
        var reason = Reasons[_rejects.Below(Reasons.Length)];
        return new OrderFault
        {
            RejectReason = _rejects.Chance(_rates.Reject) ? reason : null,
            LosesRequest = _requests.Chance(_rates.RequestLoss),
            LosesResponse = _responses.Chance(_rates.ResponseLoss),
        };
    }

    public OrderFault OfQuery(ClientOrderId id) => new()
    {
        LosesRequest = _queries.Chance(_rates.RequestLoss),
        LosesResponse = _queries.Chance(_rates.ResponseLoss),
    };
}

/// <summary>Shares of requests, 0 to 1, that meet a fault. All zero by default.</summary>
public sealed record OrderFaultRates
{
    /// <summary>Orders the venue refuses although they are in order: rate limits, price bands, overload.</summary>
    public double Reject { get; init; }

    /// <summary>Orders and queries that never reach the venue.</summary>
    public double RequestLoss { get; init; }

    /// <summary>Answers that never reach us, though the venue has acted.</summary>
    public double ResponseLoss { get; init; }

    internal OrderFaultRates Validated()
    {
        Require(Reject, nameof(Reject));
        Require(RequestLoss, nameof(RequestLoss));
        Require(ResponseLoss, nameof(ResponseLoss));
        return this;

        static void Require(double rate, string name)
        {
            if (!(rate >= 0 && rate <= 1))
            {
                throw new ArgumentOutOfRangeException(name, $"{name} is a share from 0 to 1; found {rate}.");
            }
        }
    }
}

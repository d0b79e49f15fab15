using Parallax.Domain;
using Parallax.Trading.Risk.Breakers;
using Parallax.Trading.Risk.Scores;

namespace Parallax.Trading.Risk.Guards;

/// <summary>How well a venue does, 0 to 1: the share of clean order answers, less a fifth for every connection lost in ten minutes.</summary>
public sealed class VenueSteadiness(VenueId venue)
{
    private const long MemoryNanos = 600 * UtcNanos.PerSecond;
    private const decimal KeptPerLoss = 0.8m;

    /// <summary>As if so many orders had gone well before: one failure is no record.</summary>
    private const decimal GoodWill = 4m;

    private readonly Queue<long> _losses = new(16);

    public VenueId Venue { get; } = venue;

    /// <summary>The venue's breaker: its outcomes are the answers that count here.</summary>
    public BreakerScope Breaker { get; } = BreakerScope.Of(venue);

    /// <summary>How long it takes to answer an order.</summary>
    public AnswerTimes Answers { get; } = new();

    /// <summary>The venue takes orders: not in maintenance, not cancel-only.</summary>
    public bool IsOpen { get; set; } = true;

    public void LoseConnection(long now) => _losses.Enqueue(now);

    /// <param name="window">Outcomes and failures of the venue's breaker.</param>
    public decimal Score(long now, (int Outcomes, int Failures) window)
    {
        while (_losses.TryPeek(out var oldest) && oldest <= now - MemoryNanos)
        {
            _losses.Dequeue();
        }

        if (!IsOpen)
        {
            return 0m;
        }

        var score = window.Failures == 0 ? 1m : (window.Outcomes - window.Failures + GoodWill) / (window.Outcomes + GoodWill);
        for (var i = 0; i < _losses.Count && score > 0.0001m; i++)
        {
            score *= KeptPerLoss;
        }

        return score;
    }
}

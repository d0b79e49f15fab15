using Parallax.Domain;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Risk.Scores;

/// <summary>How long a venue takes to answer an order: from its intent to the first word that it arrived.</summary>
/// <remarks>
/// What scores reckon an edge's decay with. Too few answers say nothing, so until there are <see cref="AnswersMin"/> it is an assumption. An order of
/// which nothing was heard counts with the time it was waited for; one that was refused may never have left us and does not count. A function of
/// what the engine is told. Engine thread only; allocates nothing once as many orders have been out at once as ever are.
/// </remarks>
public sealed class AnswerTimes
{
    /// <summary>Answers from which on they are believed.</summary>
    public const int AnswersMin = 10;

    /// <summary>A venue a quarter of a second away: on the careful side.</summary>
    public const long AssumedNanos = 250 * UtcNanos.PerMillisecond;

    private const int Kept = 64;

    private readonly Dictionary<ClientOrderId, long> _sent = [];
    private readonly long[] _answers = new long[Kept];
    private readonly long[] _sorted = new long[Kept];

    /// <summary>Answers so far.</summary>
    public int Count { get; private set; }

    public bool IsMeasured => Count >= AnswersMin;

    /// <summary>Nine of ten of the last answers took no longer; what is assumed while there are too few.</summary>
    public long Nanos { get; private set; } = AssumedNanos;

    /// <summary>An order leaves.</summary>
    public void Sent(ClientOrderId id, long now) => _sent[id] = now;

    /// <summary>The venue, or whoever waited for it, told something of an order; only the first word counts.</summary>
    public void Told(ClientOrderId id, OrderEventType type, long now)
    {
        if (!_sent.Remove(id, out var sent) || type is not (OrderEventType.Accepted or OrderEventType.Filled or OrderEventType.Canceled or OrderEventType.OutcomeUnknown))
        {
            return;
        }

        _answers[Count++ % Kept] = now - sent;
        if (IsMeasured)
        {
            Nanos = NineInTen();
        }
    }

    /// <summary>The nearest-rank quantile.</summary>
    private long NineInTen()
    {
        var sorted = _sorted.AsSpan(0, Math.Min(Count, Kept));
        _answers.AsSpan(0, sorted.Length).CopyTo(sorted);
        sorted.Sort();
        return sorted[(((9 * sorted.Length) + 9) / 10) - 1];
    }
}

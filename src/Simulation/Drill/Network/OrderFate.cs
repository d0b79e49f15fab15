using Parallax.Domain;

namespace Parallax.Simulation.Drill.Network;

/// <summary>What befalls one order and its answers. The default value is: nothing.</summary>
public record struct OrderFate
{
    /// <summary>The request never reaches the venue.</summary>
    public bool LosesRequest { get; set; }

    /// <summary>The venue acts, but none of its answers reaches us by itself; asking still helps.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>How often the venue's front refuses the request for its nonce; the first time it is tried once more.</summary>
    public int NonceRefusals { get; set; }

    /// <summary>On top of the latency, nanoseconds.</summary>
    public long RequestDelayNanos { get; set; }

    /// <summary>On top of the latency, nanoseconds; for every answer.</summary>
    public long AnswerDelayNanos { get; set; }

    /// <summary>How long after its arrival the venue's read side does not know the order, nanoseconds.</summary>
    public long HiddenNanos { get; set; }

    /// <summary>How long the order rests at the venue before it is matched, nanoseconds; meanwhile it can be canceled.</summary>
    public long RestNanos { get; set; }

    /// <summary>The venue refuses the order with these words; <see langword="null"/> when it does not.</summary>
    public string? RejectReason { get; set; }

    /// <summary>No more than this share of the order trades, percent, before the rest is canceled; <see langword="null"/> for all of it.</summary>
    public int? FillPercentMax { get; set; }

    /// <summary>Every answer comes twice.</summary>
    public bool TellsTwice { get; set; }

    /// <summary>The fills come before the acknowledgement.</summary>
    public bool FillsFirst { get; set; }

    /// <summary>After the last word the venue says once more that the order is open.</summary>
    public bool OpensAgain { get; set; }

    /// <summary>The venue says that nothing traded and the order is canceled, and tells the fills afterwards.</summary>
    public bool CanceledFirst { get; set; }

    /// <summary>Each fill is so many ticks worse than the book, whatever the limit says.</summary>
    public long WorseTicks { get; set; }

    /// <summary>The venue fills so many lots more than were ordered.</summary>
    public long OverFillLots { get; set; }

    /// <summary>Its fills are told without a fee, which is charged and told so much later, nanoseconds.</summary>
    public long FeeAfterNanos { get; set; }

    /// <summary>Its first fill is taken back so much later, nanoseconds.</summary>
    public long ReversedAfterNanos { get; set; }

    /// <summary>The fee is charged in this asset instead; <see langword="null"/> for the one agreed upon.</summary>
    public Asset? FeeAsset { get; set; }
}

/// <summary>What befalls one question and its answer. The default value is: nothing.</summary>
public record struct QueryFate
{
    /// <summary>The question or its answer is lost.</summary>
    public bool IsLost { get; set; }

    /// <summary>On top of the latency, nanoseconds.</summary>
    public long DelayNanos { get; set; }
}

/// <summary>What befalls one message of the public feed. The default value is: nothing.</summary>
public record struct QuoteFate
{
    public bool IsLost { get; set; }

    public bool ComesTwice { get; set; }

    /// <summary>The venue's checksum does not fit the book.</summary>
    public bool HasWrongChecksum { get; set; }
}

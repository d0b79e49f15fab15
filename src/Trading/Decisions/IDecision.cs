using Parallax.Journal.Framing;

namespace Parallax.Trading.Decisions;

/// <summary>A decision as the journal holds it: one type a record kind, read and written in one place.</summary>
public interface IDecision<TSelf>
    where TSelf : IDecision<TSelf>
{
    static abstract DecisionKind Kind { get; }

    void Write(PayloadWriter writer);

    /// <exception cref="MalformedRecordException">The payload is not of this kind.</exception>
    static abstract TSelf Read(ref PayloadReader reader);
}

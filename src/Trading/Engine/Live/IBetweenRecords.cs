using Parallax.Journal.Framing;

namespace Parallax.Trading.Engine.Live;

/// <summary>What acts on the engine thread between two records, in the time of the records: the simulated venue of a paper session.</summary>
/// <remarks>What it does reaches the engine as inputs like all others and is on the tape; a replay does without it.</remarks>
public interface IBetweenRecords
{
    /// <summary>When it has something to do next, UTC nanoseconds; <see cref="long.MaxValue"/> while it has nothing.</summary>
    long NextTime { get; }

    /// <summary>Does everything that is due before a moment.</summary>
    /// <param name="markets">The engine's books of this moment.</param>
    /// <param name="inputs">Takes what the engine is to be told, in order; each is decided on before its call returns.</param>
    void HappenBefore(long timeNanos, Markets markets, IRecordSink inputs);

    /// <summary>Is shown every record after the engine took it.</summary>
    void Observe(Record record);
}

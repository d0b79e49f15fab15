using Parallax.Journal.Files;

namespace Parallax.Journal.Chain;

/// <summary>A place in a journal to come back to, and the proof that it is still the same journal.</summary>
/// <param name="Segment">Number of the file.</param>
/// <param name="Offset">Of the next record in that file, bytes.</param>
/// <param name="BlockStart">Behind the last seal of that file; zero before its first.</param>
/// <param name="Sequence">Of the record before.</param>
/// <param name="ReceivedTime">Of the record before, UTC nanoseconds.</param>
/// <param name="SealHash">The chain hash of the last seal; zeros before the first.</param>
/// <param name="Hash">The chain hash that a seal standing here would hold: it covers every byte before.</param>
/// <remarks>Both hashes are 64 lower-case hexadecimal digits.</remarks>
public sealed record JournalPlace(int Segment, long Offset, long BlockStart, ulong Sequence, long ReceivedTime, string SealHash, string Hash);

/// <summary>What was read earlier is not what stands in the journal: it is another one, or it lost its end.</summary>
public sealed class OtherJournalException(string path, string message) : RecordFileException(path, message);

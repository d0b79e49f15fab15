namespace Parallax.Journal.Chain;

/// <summary>Where a chain stands between two segments.</summary>
/// <param name="Segment">Number of the segment before; zero at the start.</param>
/// <param name="Sequence">Of the last record.</param>
/// <param name="ReceivedTime">Of the last record, UTC nanoseconds.</param>
/// <param name="Hash">Of the last seal; 32 zero bytes at the start.</param>
internal sealed record ChainPosition(int Segment, ulong Sequence, long ReceivedTime, byte[] Hash)
{
    public static readonly ChainPosition Start = new(0, 0, 0, new byte[ChainRecord.HashSize]);
}

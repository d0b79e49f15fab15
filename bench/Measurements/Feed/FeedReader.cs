namespace Parallax.Measurements.Feed;

/// <summary>One way of turning book messages into books.</summary>
public abstract class FeedReader
{
    public abstract string Name { get; }

    /// <summary>Reads the messages from one number up to (not including) another.</summary>
    public abstract void Read(FeedStream stream, int from, int to);

    /// <summary>The same, with the digest of the best prices after every message.</summary>
    public abstract ulong ReadWithDigest(FeedStream stream, int from, int to);

    /// <summary>Checksums that did not match, since the reader was made.</summary>
    public abstract long BadChecksums { get; }
}

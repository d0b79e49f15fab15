namespace Parallax.Venues.Recordings.Lines;

/// <summary>How much a recording may ask of us before it is refused.</summary>
/// <param name="LineBytesMax">Longest line; default 64 MiB. A venue's full instrument list on one line is about 5 MB.</param>
/// <param name="UnpackedRatioMax">
/// How many times its packed size a gzip file may unpack to; default 250. Recorded markets unpack to 5 to 40 times, a gzip bomb to
/// about 1,000 times. Counted only past <see cref="UnpackedBytesFree"/>.
/// </param>
public sealed record LineLimits(int LineBytesMax = 64 << 20, int UnpackedRatioMax = 250)
{
    /// <summary>Unpacked bytes below which no ratio is too high: small regular files pack very well.</summary>
    public const long UnpackedBytesFree = 64L << 20;

    public static LineLimits Default { get; } = new();
}

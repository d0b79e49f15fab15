using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Symbols;

namespace Parallax.Venues.Recordings.Import;

/// <summary>What to import, and how.</summary>
public sealed record RecordingImportOptions
{
    public required RecordingFormat Format { get; init; }

    /// <summary>One or more; merged by received time.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Default: stop.</summary>
    public BadLinePolicy OnError { get; init; } = BadLinePolicy.Stop;

    public SymbolOverrides Symbols { get; init; } = SymbolOverrides.None;

    public InstrumentList Instruments { get; init; } = InstrumentList.Empty;

    public LineLimits Limits { get; init; } = LineLimits.Default;

    /// <summary>Levels a side of a Kraken book, where the recording does not say; <see langword="null"/> takes the depth of its snapshots.</summary>
    public int? BookDepth { get; init; }

    /// <summary>Where a packed capture is unpacked to while it is sorted; removed afterwards.</summary>
    public string TemporaryFolder { get; init; } = Path.GetTempPath();
}

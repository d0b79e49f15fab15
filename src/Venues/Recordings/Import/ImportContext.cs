using Parallax.Venues.Recordings.Symbols;

namespace Parallax.Venues.Recordings.Import;

/// <summary>What the recordings of one import share.</summary>
internal sealed record ImportContext(RecordingImportOptions Options, ListingTable Listings, ImportLog Log, CancellationToken Cancellation);

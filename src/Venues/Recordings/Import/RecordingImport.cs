using Parallax.Journal.Framing;
using Parallax.Venues.Recordings.Messages;
using Parallax.Venues.Recordings.Symbols;

namespace Parallax.Venues.Recordings.Import;

/// <summary>Turns recordings into records: a first pass learns instruments and decimals, a second makes the records.</summary>
public sealed class RecordingImport : IDisposable
{
    private readonly RecordingImportOptions _options;
    private readonly ImportLog _log;
    private readonly ListingTable _listings = new();
    private readonly List<IRecordingSource> _sources = [];
    private readonly ImportProgress _progress;
    private long _lines;
    private long _messages;

    private RecordingImport(RecordingImportOptions options, IProgress<double>? progress, CancellationToken cancellation)
    {
        _options = options;
        _log = new ImportLog(options.OnError);
        _progress = new ImportProgress(options.Files, progress);
        var context = new ImportContext(options, _listings, _log, cancellation);
        foreach (var file in options.Files)
        {
            _sources.Add(options.Format.Open(file, context));
        }
    }

    /// <summary>Reads the recordings and hands their records over in order, the instrument definitions first.</summary>
    /// <param name="sink">Nothing reaches it before the first pass has read every file to its end.</param>
    /// <param name="progress">Told the fraction done, 0 to 1.</param>
    /// <exception cref="RecordingException">
    /// A file is missing, damaged, not of the format, or holds no market data; a line is bad and the policy is to stop; a symbol cannot be split.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public static ImportReport Run(
        RecordingImportOptions options, IRecordSink sink, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        RequireFiles(options.Files);
        using var import = new RecordingImport(options, progress, cancellation);
        import.Learn();
        return import.Make(sink);
    }

    public void Dispose()
    {
        foreach (var source in _sources)
        {
            source.Dispose();
        }
    }

    private static void RequireFiles(IReadOnlyList<string> files)
    {
        if (files.Count == 0)
        {
            throw new RecordingException("An import needs at least one file.");
        }

        var twice = files.GroupBy(Path.GetFullPath).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new RecordingException($"{twice.First()} is given twice.");
        }
    }

    private void Learn()
    {
        foreach (var source in _sources)
        {
            using var reader = source.Open();
            var messages = 0L;
            while (reader.TryRead(out var message))
            {
                messages++;
                Learn(message);
                _progress.Report(source.Path, reader.Position);
            }

            _progress.Finish(source.Path);
            _lines += reader.GoodLines;
            _messages += messages;
            if (messages == 0)
            {
                _log.Note(NothingIn(source.Path, reader.GoodLines));
            }
        }

        if (_messages == 0)
        {
            throw new RecordingException(_log.Notes[0]);
        }
    }

    private string NothingIn(string path, long goodLines) =>
        new FileInfo(path).Length == 0 ? $"{path}: is empty."
        : goodLines == 0 ? $"{path}: holds no good line of {_options.Format.Name}."
        : $"{path}: holds no market data: {goodLines:N0} good lines of {_options.Format.Name}, none of them a book, a trade or a quote.";

    private static void Learn(MarketMessage message)
    {
        message.Listing.SawMessage();
        foreach (ref readonly var level in message.Levels)
        {
            message.Listing.Saw(level.Price, level.Quantity);
        }
    }

    private ImportReport Make(IRecordSink sink)
    {
        _log.IsFirstPass = false;
        var maker = new RecordMaker(_listings.All, new InstrumentResolver(_options.Symbols, _options.Instruments, _log), sink, _log);
        var readers = new List<RecordingReader>();
        try
        {
            readers.AddRange(_sources.Select(source => source.Open()));
            var merged = new MergedReader(readers);
            var isDefined = false;
            while (merged.TryRead(out var message, out var reader))
            {
                if (!isDefined)
                {
                    maker.Define(message.ReceivedTime);
                    isDefined = true;
                }

                maker.Make(message, reader.Name);
                _progress.Report(reader.Name, reader.Position);
            }

            maker.End();
            if (!isDefined)
            {
                throw new RecordingException(_log.Notes.Count > 0 ? _log.Notes[0] : $"{_sources[0].Path}: changed while it was being imported.");
            }
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }

        return new ImportReport
        {
            Format = _options.Format.Name,
            Files = _options.Files,
            Lines = _lines,
            Instruments = maker.Instruments,
            Records = maker.Counts,
            BadLines = _log.BadLines,
            FirstBadLines = _log.FirstBadLines,
            RepeatedLines = _log.RepeatedLines,
            FirstRepeatedLines = _log.FirstRepeatedLines,
            Ignored = _log.Ignored,
            Notes = _log.Notes,
        };
    }
}

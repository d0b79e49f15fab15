using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Parallax.Cli.Output;
using Parallax.Journal.Files;
using Parallax.Journal.Tapes;
using Parallax.Venues.Recordings;
using Parallax.Venues.Recordings.Import;

namespace Parallax.Cli.Options;

/// <summary>The market a verb works on: a tape, or recordings that are imported into a temporary tape first.</summary>
internal sealed class RecordingInput
{
    private readonly Argument<string[]> _files = new("tape")
    {
        Description = "A tape; with --format, recordings of that format.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly ImportOptions _import = new(isRequired: false);

    public IEnumerable<Symbol> All => [_files, .. _import.All];

    /// <summary>The one tape that was named, when it can be opened; <see cref="Open"/> says what is wrong with any other.</summary>
    public bool TryTape(ParseResult parsed, [NotNullWhen(true)] out string? path)
    {
        path = null;
        if (parsed.GetValue(_import.Format) is not null || parsed.GetRequiredValue(_files) is not [var tape])
        {
            return false;
        }

        try
        {
            TapeFile.Open(tape).Dispose();
            path = tape;
            return true;
        }
        catch (RecordFileException)
        {
            return false;
        }
    }

    /// <exception cref="UserErrorException">A file is missing, or several tapes were named.</exception>
    /// <exception cref="RecordingException">A recording cannot be read.</exception>
    public OpenedInput Open(ParseResult parsed, TextWriter error, CancellationToken cancellation)
    {
        var files = parsed.GetRequiredValue(_files);
        if (parsed.GetValue(_import.Format) is not { } format)
        {
            return files is [var tape]
                ? ATape(InputFile.Existing(tape))
                : throw new UserErrorException($"One tape at a time, or several recordings with --format; found {files.Length} files.", ExitCodes.WrongUsage);
        }

        var temporary = Path.Combine(Path.GetTempPath(), $"parallax-{Environment.ProcessId}-{Path.GetRandomFileName()}.tape");
        var opened = new OpenedInput(temporary, string.Join(' ', files), isTemporary: true);
        var progress = new ProgressLine<double>(error, (done, _) => $"importing {done:P0}");
        try
        {
            using var writer = new TapeWriter(temporary);
            RecordingImport.Run(_import.For(parsed, format, files), writer, progress, cancellation);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
        finally
        {
            progress.Clear();
        }

        return opened;
    }

    private static OpenedInput ATape(string path)
    {
        try
        {
            using (TapeFile.Open(path))
            {
                return new OpenedInput(path, path, isTemporary: false);
            }
        }
        catch (UnreadableFileException wrong)
        {
            throw new UserErrorException($"{wrong.Message} A recording of another kind needs --format.", ExitCodes.Failed, wrong);
        }
    }
}

/// <summary>A tape to read; a temporary one is removed again.</summary>
/// <param name="name">What the user called it.</param>
internal sealed class OpenedInput(string path, string name, bool isTemporary) : IDisposable
{
    public string Path { get; } = path;

    public string Name { get; } = name;

    public void Dispose()
    {
        if (isTemporary)
        {
            File.Delete(Path);
        }
    }
}

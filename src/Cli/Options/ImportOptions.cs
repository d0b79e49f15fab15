using System.CommandLine;
using Parallax.Venues.Recordings;
using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Symbols;

namespace Parallax.Cli.Options;

/// <summary>How recordings are read, for every verb that takes them.</summary>
internal sealed class ImportOptions
{
    private static readonly string FormatNames = string.Join(", ", RecordingFormat.All.Select(format => format.Name));

    private readonly Option<string[]> _symbols = new("--symbol")
    {
        Description = "How a symbol splits: BTCUSD=BTC/USD. Repeat as needed.",
        HelpName = "SYMBOL=BASE/QUOTE",
    };

    private readonly Option<string?> _instruments = new("--instruments")
    {
        Description = "A list of instruments with ticks and lots: CSV, JSON, Kraken's AssetPairs or Binance's exchangeInfo.",
        HelpName = "FILE",
    };

    private readonly Option<BadLinePolicy> _onError = new("--on-error")
    {
        Description = "What a bad line does: stop, or skip it and count. Default: stop.",
        HelpName = "stop|skip",
        CustomParser = result =>
        {
            switch (result.Tokens[0].Value)
            {
                case "stop":
                    return BadLinePolicy.Stop;
                case "skip":
                    return BadLinePolicy.Skip;
                default:
                    result.AddError($"--on-error takes stop or skip; found '{result.Tokens[0].Value}'.");
                    return default;
            }
        },
    };

    private readonly Option<long?> _depth = new("--depth")
    {
        Description = "Levels a side of a Kraken book, where the recording does not say; default: as many as its snapshots.",
        HelpName = "levels",
        CustomParser = result => Parse.Whole(result, 1, 100_000, "a number of levels"),
    };

    private readonly Option<long> _ratioMax = new("--max-ratio")
    {
        Description = "How many times its size a gzip file may unpack to.",
        HelpName = "times",
        DefaultValueFactory = _ => LineLimits.Default.UnpackedRatioMax,
        CustomParser = result => Parse.Whole(result, 1, 1_000_000, "a ratio"),
    };

    /// <param name="isRequired">Whether there is nothing else the files could be.</param>
    public ImportOptions(bool isRequired) => Format = new Option<RecordingFormat?>("--format")
    {
        Description = isRequired ? $"What the files are: {FormatNames}." : $"Import first, from {FormatNames}.",
        HelpName = "format",
        Required = isRequired,
        CustomParser = result =>
        {
            var name = result.Tokens[0].Value;
            var format = RecordingFormat.Find(name);
            if (format is null)
            {
                result.AddError($"--format takes {FormatNames}; found '{name}'.");
            }

            return format;
        },
    };

    public Option<RecordingFormat?> Format { get; }

    public IEnumerable<Symbol> All => [Format, _symbols, _instruments, _onError, _depth, _ratioMax];

    /// <exception cref="RecordingException">The instrument list cannot be read.</exception>
    /// <exception cref="UserErrorException">A symbol is not given as it should be.</exception>
    public RecordingImportOptions For(ParseResult parsed, RecordingFormat format, IReadOnlyList<string> files) => new()
    {
        Format = format,
        Files = files,
        Symbols = Overrides(parsed.GetValue(_symbols) ?? []),
        Instruments = parsed.GetValue(_instruments) is { } list ? InstrumentListFile.Read(list) : InstrumentList.Empty,
        OnError = parsed.GetValue(_onError),
        BookDepth = (int?)parsed.GetValue(_depth),
        Limits = LineLimits.Default with { UnpackedRatioMax = (int)parsed.GetValue(_ratioMax) },
    };

    private static SymbolOverrides Overrides(string[] texts)
    {
        try
        {
            return SymbolOverrides.Parse(texts);
        }
        catch (RecordingException wrong)
        {
            throw new UserErrorException(wrong.Message, ExitCodes.WrongUsage, wrong);
        }
    }
}

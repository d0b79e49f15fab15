namespace Parallax.Venues.Recordings.Symbols;

/// <summary>What the user says a symbol stands for: <c>BTCUSD=BTC/USD</c>. Comes before every other source.</summary>
public sealed class SymbolOverrides
{
    private readonly Dictionary<string, Pair> _pairs = [];

    public static SymbolOverrides None { get; } = new();

    /// <exception cref="RecordingException">One is not SYMBOL=BASE/QUOTE, or a symbol is given twice.</exception>
    public static SymbolOverrides Parse(IEnumerable<string> texts)
    {
        var overrides = new SymbolOverrides();
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !Pair.TryParse(text[(equals + 1)..], out var pair))
            {
                throw new RecordingException($"A symbol is given as SYMBOL=BASE/QUOTE, for example BTCUSD=BTC/USD; found \"{text}\".");
            }

            if (!overrides._pairs.TryAdd(text[..equals], pair!))
            {
                throw new RecordingException($"The symbol {text[..equals]} is given twice.");
            }
        }

        return overrides;
    }

    public Pair? Find(string symbol) => _pairs.GetValueOrDefault(symbol);
}

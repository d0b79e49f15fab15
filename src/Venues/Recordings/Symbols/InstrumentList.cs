using Parallax.Venues.Recordings.Values;

namespace Parallax.Venues.Recordings.Symbols;

/// <summary>What an instrument file says, by any spelling of a symbol it gives.</summary>
public sealed class InstrumentList
{
    private readonly Dictionary<string, InstrumentTerms> _bySymbol = new(StringComparer.Ordinal);

    public static InstrumentList Empty { get; } = new();

    public int Count { get; private set; }

    /// <param name="spellings">Other spellings of the same instrument; one that is taken already stays with whom it belongs to.</param>
    /// <exception cref="FormatException">A tick, lot or minimum is out of range.</exception>
    public void Add(InstrumentTerms terms, params ReadOnlySpan<string?> spellings)
    {
        RequireStep(terms, "tick", terms.TickSize);
        RequireStep(terms, "lot", terms.LotSize);
        RequireAmount(terms, "smallest quantity", terms.QuantityMin);
        RequireAmount(terms, "smallest notional", terms.NotionalMin);
        RequireStep(terms, "contract multiplier", terms.ContractMultiplier);
        Count++;
        _bySymbol.TryAdd(terms.Symbol, terms);
        foreach (var spelling in spellings)
        {
            if (!string.IsNullOrEmpty(spelling))
            {
                _bySymbol.TryAdd(spelling, terms);
            }
        }
    }

    /// <returns><see langword="null"/> when the list does not name the symbol.</returns>
    public InstrumentTerms? Find(string symbol) =>
        _bySymbol.TryGetValue(symbol, out var terms) ? terms : _bySymbol.GetValueOrDefault(symbol.ToUpperInvariant());

    private static void RequireStep(InstrumentTerms terms, string name, decimal? value)
    {
        if (value is { } step && !Grid.IsStep(step))
        {
            throw new FormatException($"the {name} of {terms.Symbol} is a positive number of at most {WireNumber.DecimalsMax} decimals; found {step}");
        }
    }

    private static void RequireAmount(InstrumentTerms terms, string name, decimal? value)
    {
        if (value is < 0m)
        {
            throw new FormatException($"the {name} of {terms.Symbol} is zero or more; found {value}");
        }
    }
}

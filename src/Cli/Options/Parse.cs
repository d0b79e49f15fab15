using System.CommandLine.Parsing;
using System.Globalization;
using Parallax.Domain;

namespace Parallax.Cli.Options;

/// <summary>Readers of option values that fail with one sentence: what was expected and what was found.</summary>
public static class Parse
{
    /// <summary>Plain decimal notation, point as separator, no exponent, no thousands.</summary>
    public static bool TryDecimal(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    /// <summary><c>USD=10000</c>, repeated or separated by commas; in the order given.</summary>
    public static IReadOnlyDictionary<Asset, decimal> Amounts(ArgumentResult result)
    {
        var amounts = new OrderedDictionary<Asset, decimal>();
        foreach (var part in Parts(result))
        {
            var sign = part.IndexOf('=', StringComparison.Ordinal);
            if (sign < 1 || !Asset.IsCode(part[..sign]) || !TryDecimal(part[(sign + 1)..], out var amount) || amount < 0m)
            {
                result.AddError($"{Name(result)} takes ASSET=AMOUNT with an amount of zero or more, such as USD=10000; found '{part}'.");
                return amounts;
            }

            if (!amounts.TryAdd(new Asset(part[..sign]), amount))
            {
                result.AddError($"{Name(result)} names {part[..sign]} twice.");
                return amounts;
            }
        }

        return amounts;
    }

    /// <summary><c>USD,USDT</c>.</summary>
    public static IReadOnlyList<Asset> Assets(ArgumentResult result)
    {
        var assets = new List<Asset>();
        foreach (var part in Parts(result))
        {
            if (!Asset.IsCode(part))
            {
                result.AddError($"{Name(result)} takes asset codes separated by commas, such as USD,USDT; found '{part}'.");
                return assets;
            }

            if (!assets.Contains(new Asset(part)))
            {
                assets.Add(new Asset(part));
            }
        }

        return assets;
    }

    /// <summary>A list of decimals, each within a range.</summary>
    public static IReadOnlyList<decimal> Decimals(ArgumentResult result, decimal min, decimal max, string unit)
    {
        var values = new List<decimal>();
        foreach (var part in Parts(result))
        {
            if (!TryDecimal(part, out var value) || value < min || value > max)
            {
                result.AddError($"{Name(result)} takes numbers from {min} to {max} ({unit}) separated by commas; found '{part}'.");
                return values;
            }

            values.Add(value);
        }

        return values;
    }

    /// <summary>One decimal within a range.</summary>
    public static decimal Decimal(ArgumentResult result, decimal min, decimal max, string unit)
    {
        var text = result.Tokens[0].Value;
        if (TryDecimal(text, out var value) && value >= min && value <= max)
        {
            return value;
        }

        result.AddError($"{Name(result)} takes a number from {min} to {max} ({unit}); found '{text}'.");
        return min;
    }

    /// <summary>One whole number within a range.</summary>
    public static long Whole(ArgumentResult result, long min, long max, string what)
    {
        var text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        result.AddError($"{Name(result)} takes {what} from {min} to {max}; found '{text}'.");
        return min;
    }

    /// <summary>Reads <c>30s</c>, <c>10m</c>, <c>2h</c>, up to a year; reports anything else to the parser.</summary>
    public static TimeSpan? Duration(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var seconds = text.Length < 2 ? 0m : text[^1] switch { 's' => 1m, 'm' => 60m, 'h' => 3_600m, _ => 0m };
        if (seconds > 0m && TryDecimal(text[..^1], out var count) && count > 0m && count * seconds <= 31_536_000m)
        {
            return TimeSpan.FromTicks((long)(count * seconds * TimeSpan.TicksPerSecond));
        }

        result.AddError($"{Name(result)} takes a time such as 30s, 10m or 2h; found '{text}'.");
        return null;
    }

    private static IEnumerable<string> Parts(ArgumentResult result) =>
        result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static string Name(ArgumentResult result) => (result.Parent as OptionResult)?.IdentifierToken?.Value ?? result.Argument.Name;
}

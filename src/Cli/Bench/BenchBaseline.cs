using System.Text.Json;
using System.Text.Json.Nodes;
using Parallax.Cli.Options;
using Parallax.Measurements;

namespace Parallax.Cli.Bench;

/// <summary>An earlier run, as <c>parallax bench --json</c> printed or <c>--save</c> kept it.</summary>
public sealed class BenchBaseline
{
    private readonly Dictionary<(string Id, string Name), double> _timesYardstick = [];

    /// <exception cref="UserErrorException">There is no such file, or it is no result of the verb.</exception>
    public static BenchBaseline Read(string path)
    {
        var baseline = new BenchBaseline();
        try
        {
            foreach (var row in JsonNode.Parse(File.ReadAllText(InputFile.Existing(path)))!["rows"]!.AsArray())
            {
                if (row!["times_yardstick"] is { } times)
                {
                    baseline._timesYardstick[((string)row["id"]!, (string)row["name"]!)] = (double)times;
                }
            }
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or NullReferenceException or FormatException or ArgumentNullException)
        {
            throw new UserErrorException($"'{path}' is no result of 'parallax bench --json'.", ExitCodes.Failed, wrong);
        }

        return baseline;
    }

    /// <summary>Compares how many times faster than its yardstick each row is: never nanoseconds, which belong to a machine.</summary>
    /// <param name="regressionMax">As a fraction: 0.1 lets a ratio fall by ten percent.</param>
    public IReadOnlyList<BenchComparison> Compare(IReadOnlyList<Measurement> rows, double regressionMax)
    {
        var comparisons = new List<BenchComparison>();
        foreach (var row in rows)
        {
            if (row.TimesYardstick is { } now && _timesYardstick.TryGetValue((row.Id, row.Name), out var before))
            {
                comparisons.Add(new BenchComparison(row, before, now, row.IsSteady && now < before * (1 - regressionMax)));
            }
        }

        return comparisons;
    }
}

/// <param name="Before">Times faster than the yardstick, in the baseline.</param>
/// <param name="Now">The same in this run.</param>
/// <param name="IsRegression">Never for a row whose yardstick did not keep still.</param>
public sealed record BenchComparison(Measurement Row, double Before, double Now, bool IsRegression)
{
    public double Change => (Now / Before) - 1;
}

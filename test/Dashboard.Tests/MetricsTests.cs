using System.Globalization;
using System.Text.RegularExpressions;
using Parallax.Testing;

namespace Parallax.Dashboard.Tests;

/// <summary>Reads /metrics as Prometheus does, by the grammar of its text format 0.0.4.</summary>
[Collection(DeskTests.Name)]
public sealed partial class MetricsTests(DeskFixture fixture)
{
    [Fact]
    public async Task Every_line_keeps_to_the_format_and_every_family_is_declared_once()
    {
        var families = await ReadAsync();

        Assert.All(families.Values, family => Assert.NotEmpty(family.Help));
        Assert.All(families, family => Assert.True(family.Value.Type is "counter" or "gauge" or "histogram", family.Key));
        Assert.All(families.Where(family => family.Value.Type == "counter"), family => Assert.EndsWith("_total", family.Key));
        Assert.All(families.Where(family => family.Value.Type != "counter"), family => Assert.False(family.Key.EndsWith("_total", StringComparison.Ordinal), family.Key));
        Assert.All(families.Values, family => Assert.Equal(family.Samples.Count, family.Samples.Select(sample => (sample.Name, sample.Labels)).Distinct().Count()));
    }

    [Fact]
    public async Task Histograms_rise_to_their_count_and_end_at_infinity()
    {
        var latency = (await ReadAsync())["parallax_latency_seconds"];
        foreach (var stage in fixture.Run.Picture.Latencies)
        {
            var label = $"stage=\"{stage.Stage}\"";
            var buckets = latency.Samples.Where(sample => sample.Name.EndsWith("_bucket", StringComparison.Ordinal) && sample.Labels.StartsWith(label, StringComparison.Ordinal)).ToList();
            Assert.Equal(stage.UpperBounds.Count + 1, buckets.Count);
            Assert.EndsWith("le=\"+Inf\"", buckets[^1].Labels);
            Assert.Equal(buckets.Select(bucket => bucket.Value).Order(), buckets.Select(bucket => bucket.Value));
            Assert.Equal(stage.Count, buckets[^1].Value);
            Assert.Equal(stage.Count, latency.Samples.Single(sample => sample.Name.EndsWith("_count", StringComparison.Ordinal) && sample.Labels == label).Value);
            Assert.Equal(stage.Sum / 1_000_000_000m, latency.Samples.Single(sample => sample.Name.EndsWith("_sum", StringComparison.Ordinal) && sample.Labels == label).Value);
        }
    }

    [Fact]
    public async Task Every_family_is_documented()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "concepts", "metrics.md"));
        var documented = Documented().Matches(page).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal);

        Assert.Equal((await ReadAsync()).Keys.Order(StringComparer.Ordinal), documented);
    }

    private async Task<Dictionary<string, Family>> ReadAsync()
    {
        await using var desk = await (await fixture.StartAsync()).ReadyAsync();
        using var answer = await desk.Client.GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        var text = await answer.Content.ReadAsStringAsync();
        Assert.EndsWith("\n", text);

        var families = new Dictionary<string, Family>(StringComparer.Ordinal);
        Family? current = null;
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (Help().Match(line) is { Success: true } help)
            {
                current = new Family { Help = help.Groups["text"].Value };
                Assert.True(families.TryAdd(help.Groups["name"].Value, current), $"declared twice: {line}");
            }
            else if (Type().Match(line) is { Success: true } type)
            {
                Assert.Same(current, families[type.Groups["name"].Value]);
                current!.Type = type.Groups["type"].Value;
            }
            else
            {
                var sample = Sample().Match(line);
                Assert.True(sample.Success, $"no sample: {line}");
                var name = sample.Groups["name"].Value;
                var family = current!.Type == "histogram" ? HistogramPart().Replace(name, "") : name;
                Assert.Same(current, families[family]);
                current.Samples.Add((name, sample.Groups["labels"].Value, decimal.Parse(sample.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture)));
            }
        }

        return families;
    }

    [GeneratedRegex(@"^# HELP (?<name>[a-z_:][a-z0-9_:]*) (?<text>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Help();

    [GeneratedRegex(@"^# TYPE (?<name>[a-z_:][a-z0-9_:]*) (?<type>\w+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Type();

    [GeneratedRegex("""^(?<name>[a-z_:][a-z0-9_:]*)(\{(?<labels>[a-z_]\w*="([^"\\]|\\[\\n"])*"(,[a-z_]\w*="([^"\\]|\\[\\n"])*")*)\})? (?<value>-?\d+(\.\d+)?)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sample();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HistogramPart();

    [GeneratedRegex(@"^\| `(?<name>parallax_\w+)`", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Documented();

    private sealed class Family
    {
        public required string Help { get; init; }

        public string Type { get; set; } = "";

        public List<(string Name, string Labels, decimal Value)> Samples { get; } = [];
    }
}

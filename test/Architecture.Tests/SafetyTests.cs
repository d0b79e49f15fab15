using System.Text.RegularExpressions;
using Parallax.Testing;

namespace Parallax.Architecture.Tests;

/// <summary>The table of scenarios names tests that exist.</summary>
public sealed partial class SafetyTests
{
    private static readonly string Root = Path.GetDirectoryName(Repository.Source)!;

    [Fact]
    public void Every_test_that_the_table_of_scenarios_names_exists()
    {
        var written = Directory.EnumerateFiles(Path.Combine(Root, "test"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Method().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value))
            .ToHashSet(StringComparer.Ordinal);
        var named = Name().Matches(File.ReadAllText(Path.Combine(Root, "docs", "concepts", "safety.md"))).Select(match => match.Groups["name"].Value).ToList();

        Assert.True(named.Count > 60, $"The table names {named.Count} tests only.");
        Assert.Equal("", string.Join(", ", named.Except(written)));
    }

    [GeneratedRegex(@"public (?:async Task|void) (?<name>[A-Z]\w*)\(", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Method();

    [GeneratedRegex(@"`(?<name>[A-Z][A-Za-z0-9]*_\w+)`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Name();
}

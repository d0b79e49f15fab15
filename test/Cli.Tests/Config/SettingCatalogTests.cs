using System.Text.RegularExpressions;
using Parallax.Cli.Config;
using Parallax.Testing;

namespace Parallax.Cli.Tests.Config;

public sealed partial class SettingCatalogTests
{
    [Fact]
    public void The_table_in_the_documentation_is_the_catalog() =>
        Assert.Contains(SettingsTable.Markdown(), File.ReadAllText(Path.Combine(Repository.Root, "docs", "concepts", "configuration.md")), StringComparison.Ordinal);

    [Fact]
    public void Every_declared_setting_is_in_the_list_once()
    {
        var declared = typeof(SettingCatalog).GetFields().Select(field => field.GetValue(null)).OfType<Setting>()
            .Concat(SettingCatalog.Limits.Select(limit => limit.Setting)).ToList();

        Assert.Equal(declared.Select(setting => setting.Key).Order(), SettingCatalog.All.Select(setting => setting.Key).Order());
        Assert.Distinct(SettingCatalog.All.SelectMany(setting => new[] { setting.Key, setting.Alias }).OfType<string>());
    }

    [Fact]
    public void Every_default_that_is_a_value_is_legal_itself()
    {
        // A default in words says so by a space, a code mark or one of the words for nothing.
        var words = new[] { "none", "exact" };
        Assert.All(
            SettingCatalog.All.Where(setting => !setting.DefaultText.Contains(' ') && !setting.DefaultText.Contains('`') && !words.Contains(setting.DefaultText)),
            setting => Assert.True(setting.IsLegal(setting.DefaultText), setting.Key));
    }

    [Fact]
    public void Every_range_ends_where_it_says()
    {
        var ranges = SettingCatalog.All
            .Select(setting => (setting, Match: Range().Match(setting.Allowed)))
            .Where(one => one.Match.Success)
            .ToList();

        Assert.True(ranges.Count > 20);
        Assert.All(ranges, one =>
        {
            var (low, high) = (decimal.Parse(one.Match.Groups["low"].Value), decimal.Parse(one.Match.Groups["high"].Value));
            Assert.True(one.setting.IsLegal(one.Match.Groups["low"].Value), $"{one.setting.Key} {low}");
            Assert.True(one.setting.IsLegal(one.Match.Groups["high"].Value), $"{one.setting.Key} {high}");
            Assert.False(one.setting.IsLegal($"{low - 1m}"), $"{one.setting.Key} {low - 1m}");
            Assert.False(one.setting.IsLegal($"{high + 1m}"), $"{one.setting.Key} {high + 1m}");
        });
    }

    [Fact]
    public void Every_summary_is_a_sentence() =>
        Assert.All(SettingCatalog.All, setting => Assert.Matches(@"^[A-Z].*\.$", setting.Summary));

    [GeneratedRegex(@"^(?<low>-?[\d.]+) to (?<high>[\d.]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Range();
}

using Parallax.Domain;
using Parallax.Testing;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Tests.Risk;

public sealed class LimitCatalogTests
{
    [Fact]
    public void The_table_in_the_documentation_has_every_limit_with_its_defaults()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "concepts", "risk.md"));

        Assert.All(LimitCatalog.All, term =>
        {
            var row = Assert.Single(text.Split('\n'), line => line.StartsWith($"| `{term.Key}` |", StringComparison.Ordinal));
            Assert.Contains(
                $"| {term.Unit} | {Decimals.Plain(term.Conservative)} | {Decimals.Plain(term.Moderate)} | {Decimals.Plain(term.Aggressive)} |", row, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void E14_a_limit_that_nobody_set_is_never_where_it_stops_binding() =>
        Assert.All(LimitCatalog.All.Where(term => !term.Key.StartsWith("breaker-", StringComparison.Ordinal)), term =>
        {
            var loosest = term.Read(new RiskLimits().Loosened());
            Assert.All(new[] { term.Conservative, term.Moderate, term.Aggressive }, value => Assert.NotEqual(loosest, value));
        });

    [Fact]
    public void Each_profile_is_as_careful_as_the_next_or_more() =>
        Assert.All(LimitCatalog.All, term =>
        {
            var isRising = term.Conservative <= term.Moderate && term.Moderate <= term.Aggressive;
            var isFalling = term.Conservative >= term.Moderate && term.Moderate >= term.Aggressive;
            Assert.True(isRising || isFalling, term.Key);
        });

    [Fact]
    public void Every_profile_is_within_its_ranges() =>
        Assert.All(LimitCatalog.All, term => Assert.All(new[] { term.Conservative, term.Moderate, term.Aggressive }, value => Assert.InRange(value, term.Min, term.Max)));

    [Fact]
    public void A_term_reads_what_it_wrote() =>
        Assert.All(LimitCatalog.All, term => Assert.Equal(term.Max, term.Read(term.With(new RiskLimits(), term.Max))));

    [Theory]
    [InlineData("22:00-23:30", "22:00", true)]
    [InlineData("22:00-23:30", "23:29", true)]
    [InlineData("22:00-23:30", "23:30", false)]
    [InlineData("23:00-01:00", "00:30", true)]
    [InlineData("23:00-01:00", "01:00", false)]
    [InlineData("23:00-01:00,12:00-12:15", "12:14", true)]
    public void Quiet_hours_hold_their_start_and_not_their_end(string text, string time, bool isQuiet)
    {
        Assert.True(QuietHours.TryParse(text, out var hours));
        Assert.Equal(text, hours.ToString());

        var day = new DateOnly(2024, 2, 29).ToDateTime(TimeOnly.Parse(time), DateTimeKind.Utc);
        Assert.Equal(isQuiet, hours.Contains(UtcNanos.From(new DateTimeOffset(day)).Value));
    }

    [Theory]
    [InlineData("22-23")]
    [InlineData("22:00-22:00")]
    [InlineData("24:00-01:00")]
    [InlineData("22:00")]
    public void A_text_that_is_no_range_of_the_day_is_refused(string text) => Assert.False(QuietHours.TryParse(text, out _));
}

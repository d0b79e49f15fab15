using Parallax.Trading.Risk;

namespace Parallax.Trading.Tests.Risk;

public sealed class RiskLimitsTests
{
    [Fact]
    public void The_defaults_are_valid() => Assert.Equal(new RiskLimits(), new RiskLimits().Validated());

    [Fact]
    public void Every_limit_out_of_range_is_named_with_what_was_found_and_what_is_allowed()
    {
        var limits = new RiskLimits { BookAgeMillisMax = -1, OpenPlansMax = 1_001, ReserveFraction = 1.5m, NotionalMin = 2_000m, NotionalMax = 1_000m };

        var fault = Assert.Throws<ArgumentException>(() => limits.Validated());

        Assert.Equal(
            "Risk limit BookAgeMillisMax must be from 0 to 86400000; found -1. "
            + "Risk limit NotionalMin must be from 0 to 1000; found 2000. "
            + "Risk limit ReserveFraction must be from 0 to 1; found 1.5. "
            + "Risk limit OpenPlansMax must be from 0 to 1000; found 1001.",
            fault.Message);
    }

    [Fact]
    public void A_chain_is_not_built_on_limits_out_of_range() =>
        Assert.Throws<ArgumentException>(() => new RiskChain(new RiskLimits { NotionalMax = 0m }));

    [Fact]
    public void Every_reason_has_a_code_of_its_own_and_a_unit()
    {
        var reasons = Enum.GetValues<RefusalReason>();

        Assert.Equal(reasons.Length, reasons.Select(reason => reason.Code()).Distinct().Count());
        Assert.All(reasons, reason => Assert.Matches("^[a-z]+(-[a-z]+)*$", reason.Code()));
        Assert.All(reasons, reason => Assert.NotNull(reason.Unit()));
    }

    /// <summary>Numbers stand in journals and codes in dashboards of others: this list only grows.</summary>
    [Fact]
    public void Numbers_and_codes_never_change()
    {
        var known = string.Join(' ', Enum.GetValues<RefusalReason>().Select(reason => $"{(int)reason}:{reason.Code()}"));

        Assert.StartsWith(
            "1:kill 2:book-age 3:leg-coherence 4:clock-skew 5:net-edge 6:open-plans 7:notional 8:notional-min 9:balance 10:reserve",
            known);
    }

    [Fact]
    public void A_refusal_reads_as_a_sentence()
    {
        Assert.Equal("book-age: 501 ms against 500 ms", new Refused(RefusalReason.BookAge, 501m, 500m).ToString());
        Assert.Equal("kill: 1 against 0", new Refused(RefusalReason.Kill, 1m, 0m).ToString());
    }
}

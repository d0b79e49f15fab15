using Parallax.Venues.Kraken;

namespace Parallax.Venues.Tests.Kraken;

public sealed class ErrorCodesTests
{
    [Theory]
    [InlineData("EAPI:Invalid key", ErrorClass.Fatal)]
    [InlineData("EAPI:Invalid signature", ErrorClass.Fatal)]
    [InlineData("EGeneral:Permission denied", ErrorClass.Fatal)]
    [InlineData("EAccount:Invalid permissions", ErrorClass.Fatal)]
    [InlineData("EAuth:Account temporary disabled", ErrorClass.Fatal)]
    [InlineData("EGeneral:Temporary lockout", ErrorClass.Lockout)]
    [InlineData("EAPI:Invalid nonce", ErrorClass.Nonce)]
    [InlineData("EAPI:Rate limit exceeded", ErrorClass.Throttled)]
    [InlineData("EService:Throttled", ErrorClass.Throttled)]
    [InlineData("Exceeded msg rate", ErrorClass.Throttled)]
    [InlineData("EOrder:Rate limit exceeded", ErrorClass.PairThrottled)]
    [InlineData("EOrder:Domain rate limit exceeded", ErrorClass.PairThrottled)]
    [InlineData("EService:Unavailable", ErrorClass.OutcomeUnknown)]
    [InlineData("EService:Busy", ErrorClass.OutcomeUnknown)]
    [InlineData("EService:Something new", ErrorClass.OutcomeUnknown)]
    [InlineData("EGeneral:Internal error", ErrorClass.OutcomeUnknown)]
    [InlineData("EService:Deadline elapsed", ErrorClass.NotExecuted)]
    [InlineData("EService:Market in cancel_only mode", ErrorClass.MarketClosed)]
    [InlineData("EService:Market in post_only mode", ErrorClass.MarketClosed)]
    [InlineData("EService: Market in limit_only mode", ErrorClass.MarketClosed)]
    [InlineData("EOrder:Insufficient funds", ErrorClass.InsufficientFunds)]
    [InlineData("EOrder:Order minimum not met", ErrorClass.BadRequest)]
    [InlineData("EOrder:Cost minimum not met", ErrorClass.BadRequest)]
    [InlineData("EOrder:Tick size check failed", ErrorClass.BadRequest)]
    [InlineData("EOrder:Invalid price", ErrorClass.BadRequest)]
    [InlineData("EGeneral:Invalid arguments", ErrorClass.BadRequest)]
    [InlineData("EGeneral:Invalid arguments:volume", ErrorClass.BadRequest)]
    [InlineData("EQuery:Unknown asset pair", ErrorClass.BadRequest)]
    [InlineData("EOrder:Orders limit exceeded", ErrorClass.PairThrottled)]
    [InlineData("EOrder:Unknown order", ErrorClass.UnknownOrder)]
    [InlineData("EOrder:Post only order", ErrorClass.WouldCross)]
    public void Every_error_of_the_venue_has_its_class(string text, ErrorClass @class) =>
        Assert.Equal(@class, ErrorCodes.Classify(text));

    [Theory]
    [InlineData("EService: Throttled: 1741500000", 1741500000L)]
    [InlineData("EService:Throttled: 1741500000", 1741500000L)]
    [InlineData("EService:Throttled:1741500000", 1741500000L)]
    [InlineData("EService: Throttled", null)]
    [InlineData("EService: Throttled: soon", null)]
    [InlineData("EService: Throttled: -5", null)]
    [InlineData("EService: Throttled: 99999999999999999999", null)]
    public void A_throttle_says_when_to_come_back(string text, long? seconds)
    {
        Assert.Equal(ErrorClass.Throttled, ErrorCodes.Classify(text));
        Assert.Equal(seconds, ErrorCodes.TryThrottledUntil(text, out var found) ? found : null);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("EOrder:Something new")]
    [InlineData("eorder:insufficient funds")]
    public void An_error_we_do_not_know_is_not_guessed(string text) =>
        Assert.Equal(ErrorClass.Unknown, ErrorCodes.Classify(text));

    [Theory]
    [InlineData("WGeneral:Something", true)]
    [InlineData("EGeneral:Something", false)]
    [InlineData("", false)]
    public void Warnings_begin_with_w(string text, bool isWarning) => Assert.Equal(isWarning, ErrorCodes.IsWarning(text));
}

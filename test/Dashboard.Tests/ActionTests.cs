using System.Net;
using System.Text.Json;
using Parallax.Reporting.Sessions;

namespace Parallax.Dashboard.Tests;

/// <summary>What an operator decides about residuals, balances and breakers, over the API.</summary>
[Collection(DeskTests.Name)]
public sealed class ActionTests(DeskFixture fixture)
{
    public static TheoryData<string, string, string> Actions => new()
    {
        { "residuals/3/work-off", """{"confirmation":"work off 0.002 BTC",""", "WorkOffResidual { Number = 3, Confirmation = work off 0.002 BTC }" },
        { "residuals/3/write-off", """{"confirmation":"write off 0.002 BTC",""", "WriteOffResidual { Number = 3, Confirmation = write off 0.002 BTC }" },
        { "accept-balance", """{"asset":"BTC","venue":"kraken","confirmation":"accept 1.25 BTC",""", "AcceptBalance { Asset = BTC, Venue = kraken, Confirmation = accept 1.25 BTC }" },
        { "accept-balance", """{"asset":"BTC",""", "AcceptBalance { Asset = BTC, Venue = , Confirmation =  }" },
        { "breakers/trip", """{"breaker":"venue:kraken",""", "SwitchBreaker { Name = venue:kraken, IsTrip = True }" },
        { "breakers/reset", """{"breaker":"venue:kraken",""", "SwitchBreaker { Name = venue:kraken, IsTrip = False }" },
    };

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task An_action_arrives_with_who_and_why(string path, string body, string action)
    {
        await using var desk = await fixture.StartAsync();
        using var answer = await Control.PostAsync(desk, path, body + "\"reason\":\"a test\",\"by\":\"cli\"}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([$"{action} by cli: a test"], desk.Session.Commands);
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Nothing_is_decided_without_the_token_or_without_a_reason(string path, string body, string action)
    {
        Assert.NotEmpty(action);
        await using var desk = await fixture.StartAsync();

        await Control.RefusedAsync(desk, path, body + "\"reason\":\"a test\"}", HttpStatusCode.Unauthorized, "token-needed", token: null);
        await Control.RefusedAsync(desk, path, body + "\"reason\":\" \"}", HttpStatusCode.BadRequest, "bad-reason");
        await Control.RefusedAsync(desk, path, body + "\"reason\":\"a\",\"by\":\"me\"}", HttpStatusCode.BadRequest, "bad-caller");
        Assert.Empty(desk.Session.Commands);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_and_what_is_refused_is_a_conflict()
    {
        await using var desk = await fixture.StartAsync();
        desk.Session.Act = _ => new OperatorAnswer(false, "No residual has number 9; listed are 3, 4.", IsUnknown: true);
        Assert.Contains("listed are 3, 4", await Control.RefusedAsync(desk, "residuals/9/work-off", """{"reason":"a"}""", HttpStatusCode.NotFound, "no-such-thing"), StringComparison.Ordinal);

        desk.Session.Act = _ => new OperatorAnswer(false, "It was not confirmed: the words are 'work off 0.002 BTC'.");
        Assert.Contains("the words are", await Control.RefusedAsync(desk, "residuals/3/work-off", """{"reason":"a"}""", HttpStatusCode.Conflict, "not-done"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"reason":"a"}""", "bad-asset")]
    [InlineData("""{"reason":"a","asset":"B T C"}""", "bad-asset")]
    [InlineData("""{"reason":"a","asset":"BTC","venue":"Kraken!"}""", "bad-venue")]
    public async Task A_balance_is_named_by_asset_and_venue(string body, string code)
    {
        await using var desk = await fixture.StartAsync();

        await Control.RefusedAsync(desk, "accept-balance", body, HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task The_lists_say_age_worth_pause_and_the_words_that_confirm()
    {
        await using var desk = await fixture.StartAsync(picture: Attention.Waiting);
        var residual = (await ListAsync(desk, "residuals"))[0];
        Assert.Equal((3, "0.002", "121.25", "1-17"), (residual.GetProperty("number").GetInt32(), Text(residual, "amount"), Text(residual, "worth"), Text(residual, "plan")));
        Assert.Equal(("work off 0.002 BTC", "write off 0.002 BTC"), (Text(residual, "work_off_words"), Text(residual, "write_off_words")));
        Assert.True(residual.GetProperty("age_nanoseconds").GetInt64() >= 3_725_000_000_000);

        var difference = Assert.Single(await ListAsync(desk, "differences"));
        Assert.Equal(("-0.25", "accept 1.25 BTC"), (Text(difference, "difference"), Text(difference, "accept_words")));

        var breakers = await ListAsync(desk, "breakers");
        Assert.Equal(["closed", "half-open", "open"], breakers.Select(breaker => Text(breaker, "state")));
        Assert.InRange(breakers[2].GetProperty("left_nanoseconds").GetInt64(), 1, 25_000_000_000);
        Assert.Equal(60_000_000_000, breakers[2].GetProperty("pause_nanoseconds").GetInt64());
    }

    [Fact]
    public async Task What_routes_are_expected_to_do_stands_beside_how_well_it_was_met()
    {
        await using var desk = await fixture.StartAsync(picture: Attention.Waiting);
        using var json = JsonDocument.Parse(await desk.Client.GetStringAsync("/api/v1/estimates"));
        var route = json.RootElement.GetProperty("routes")[0];
        Assert.Equal(("USD>BTC>ETH>USD", "hybrid", "0.7625", 40), (Text(route, "cycle"), Text(route, "policy"), Text(route, "fill_probability"), route.GetProperty("attempts").GetInt32()));
        var tenth = Assert.Single(json.RootElement.GetProperty("calibration").EnumerateArray());
        Assert.Equal(("0.775", "0.75", 40), (Text(tenth, "predicted"), Text(tenth, "met"), tenth.GetProperty("plans").GetInt32()));

        var page = await desk.Client.GetStringAsync("/risk");
        Assert.Contains("USD → BTC → ETH → USD", page, StringComparison.Ordinal);
        Assert.Contains("70–80 %", page, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(RunningDesk desk, string name)
    {
        using var json = JsonDocument.Parse(await desk.Client.GetStringAsync($"/api/v1/{name}"));
        return [.. json.RootElement.GetProperty(name).Clone().EnumerateArray()];
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Parallax.Dashboard.Tests;

/// <summary>The settings of a running session over the API (scenarios E6, E7, E8).</summary>
[Collection(DeskTests.Name)]
public sealed class SettingsTests(DeskFixture fixture)
{
    private readonly StandingSettings _settings = new();

    [Fact]
    public async Task E7_Settings_are_read_with_their_version_and_changed_with_who_and_why()
    {
        await using var desk = await StartAsync();
        using var before = await ReadAsync(desk);
        Assert.Equal(1, before.RootElement.GetProperty("version").GetInt64());
        Assert.Contains(before.RootElement.GetProperty("settings").EnumerateArray(), one =>
            (one.GetProperty("key").GetString(), one.GetProperty("value").GetString(), one.GetProperty("owner").GetString()) == ("limits.daily-loss", "100", "account"));

        using var changed = await PutAsync(desk, """{"version":1,"values":{"limits.open-plans":"2"},"reason":"calm","by":"cli"}""");

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        using var answer = JsonDocument.Parse(await changed.Content.ReadAsStringAsync());
        Assert.Equal((2, "Version 2: limits.open-plans 4 → 2."), (answer.RootElement.GetProperty("version").GetInt64(), answer.RootElement.GetProperty("sentence").GetString()));
        Assert.Equal(["limits.open-plans=2 by cli: calm"], _settings.Asked);
        using var after = await ReadAsync(desk);
        Assert.Equal("calm", Assert.Single(after.RootElement.GetProperty("changes").EnumerateArray()).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task E8_A_stale_version_is_a_conflict_with_what_others_changed()
    {
        await using var desk = await StartAsync();
        (await PutAsync(desk, """{"version":1,"values":{"limits.open-plans":"2"},"reason":"mine"}""")).Dispose();

        using var late = await PutAsync(desk, """{"version":1,"values":{"limits.open-plans":"8"},"reason":"theirs"}""");

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        using var problem = JsonDocument.Parse(await late.Content.ReadAsStringAsync());
        Assert.Equal(("stale-version", 2), (problem.RootElement.GetProperty("code").GetString(), problem.RootElement.GetProperty("version").GetInt64()));
        var difference = Assert.Single(problem.RootElement.GetProperty("differences").EnumerateArray());
        Assert.Equal(("4", "2"), (difference.GetProperty("before").GetString(), difference.GetProperty("after").GetString()));
        Assert.Contains("since then: limits.open-plans 4 → 2", problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_kept_and_what_could_not_be_written_is_a_conflict_that_holds_all_the_same()
    {
        await using var desk = await StartAsync();
        using var kept = await PutAsync(desk, """{"version":1,"values":{"limits.open-plans":"2"},"reason":"calm","keep":true}""");
        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        Assert.Contains("It stands in parallax.yaml.", await kept.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("also write it to <code>parallax.yaml</code>", await desk.Client.GetStringAsync("/settings"), StringComparison.Ordinal);

        _settings.IsFileChanged = true;
        using var unkept = await PutAsync(desk, """{"version":2,"values":{"limits.open-plans":"3"},"reason":"calm","keep":true}""");

        Assert.Equal(HttpStatusCode.Conflict, unkept.StatusCode);
        using var problem = JsonDocument.Parse(await unkept.Content.ReadAsStringAsync());
        Assert.Equal(("not-kept", 3), (problem.RootElement.GetProperty("code").GetString(), problem.RootElement.GetProperty("version").GetInt64()));
        using var now = await ReadAsync(desk);
        Assert.Equal((3, "parallax.yaml"), (now.RootElement.GetProperty("version").GetInt64(), now.RootElement.GetProperty("file").GetString()));
    }

    [Fact]
    public async Task An_earlier_version_is_gone_back_to()
    {
        await using var desk = await StartAsync();
        (await PutAsync(desk, """{"version":1,"values":{"limits.open-plans":"2"},"reason":"a"}""")).Dispose();
        Assert.Contains("data-rollback=\"1\"", await desk.Client.GetStringAsync("/settings"), StringComparison.Ordinal);

        using var back = await BackAsync(desk, """{"version":2,"to":1,"reason":"as it was","by":"cli"}""");
        using var none = await BackAsync(desk, """{"version":3,"to":7,"reason":"a"}""");
        using var nobody = await BackAsync(desk, """{"version":3,"to":1,"reason":"a"}""", token: null);

        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.Equal("limits.open-plans=4 by cli: as it was", _settings.Asked[^1]);
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        Assert.Contains("Version 7 is none that the settings of this session can go back to.", await none.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
    }

    private static async Task<HttpResponseMessage> BackAsync(RunningDesk desk, string body, string? token = DeskFixture.Token)
    {
        using var post = new HttpRequestMessage(HttpMethod.Post, "/api/v1/settings/rollback") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        post.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await desk.Client.SendAsync(post);
    }

    [Theory]
    [InlineData("""{"version":1,"values":{"limits.open-plans":"wrong"},"reason":"a"}""", HttpStatusCode.BadRequest, "bad-setting")]
    [InlineData("""{"version":1,"values":{"limits.open-plans":"2"},"reason":" "}""", HttpStatusCode.BadRequest, "bad-reason")]
    [InlineData("""{"version":1,"values":{"limits.open-plans":"2"},"reason":"a","by":"me"}""", HttpStatusCode.BadRequest, "bad-caller")]
    public async Task E6_What_is_wrong_is_refused_by_name(string body, HttpStatusCode status, string code)
    {
        await using var desk = await StartAsync();
        using var answer = await PutAsync(desk, body);

        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal((status, code), (answer.StatusCode, problem.RootElement.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Nobody_changes_settings_without_the_token_and_a_repeated_key_changes_them_once()
    {
        await using var desk = await StartAsync();
        const string Body = """{"version":1,"values":{"limits.open-plans":"2"},"reason":"a"}""";

        using var refused = await PutAsync(desk, Body, token: null);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var first = await PutAsync(desk, Body, key: "k");
        using var again = await PutAsync(desk, Body, key: "k");
        using var other = await PutAsync(desk, Body.Replace("\"2\"", "\"3\"", StringComparison.Ordinal), key: "k");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (first.StatusCode, again.StatusCode, other.StatusCode));
        Assert.Single(_settings.Asked);
    }

    [Fact]
    public async Task A_session_whose_settings_are_fixed_says_so()
    {
        await using var desk = await fixture.StartAsync();

        Assert.Equal(HttpStatusCode.Conflict, (await desk.Client.GetAsync("/api/v1/settings")).StatusCode);
        Assert.Contains("do not change while it runs", await desk.Client.GetStringAsync("/settings"), StringComparison.Ordinal);
    }

    private Task<RunningDesk> StartAsync() => fixture.StartAsync(change: options => options with { Tuning = _settings });

    private static async Task<JsonDocument> ReadAsync(RunningDesk desk) => JsonDocument.Parse(await desk.Client.GetStringAsync("/api/v1/settings"));

    private static async Task<HttpResponseMessage> PutAsync(RunningDesk desk, string body, string? token = DeskFixture.Token, string? key = null)
    {
        using var put = new HttpRequestMessage(HttpMethod.Put, "/api/v1/settings") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        put.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
        {
            put.Headers.Add("Idempotency-Key", key);
        }

        return await desk.Client.SendAsync(put);
    }
}

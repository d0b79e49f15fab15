using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Parallax.Dashboard.Tests;

/// <summary>Who may stop the session, and what a foreign page cannot make a browser do.</summary>
[Collection(DeskTests.Name)]
public sealed class AccessTests(DeskFixture fixture)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/plans/1-1")]
    [InlineData("/risk")]
    [InlineData("/api/v1/status")]
    [InlineData("/assets/css/tokens.css")]
    [InlineData("/no/such/page")]
    public async Task Every_answer_forbids_what_is_inline_or_from_elsewhere(string path)
    {
        await using var desk = await fixture.StartAsync();
        using var answer = await desk.Client.GetAsync(path);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));

        Assert.StartsWith("default-src 'self'; ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }

    [Theory]
    [InlineData("kill")]
    [InlineData("resume")]
    public async Task Nobody_stops_or_resumes_without_the_token(string command)
    {
        await using var desk = await fixture.StartAsync();

        await RefusedAsync(desk, Post(command, token: null), HttpStatusCode.Unauthorized, "token-needed");
        await RefusedAsync(desk, Post(command, token: "not-the-token-of-this-session"), HttpStatusCode.Unauthorized, "token-needed");
        Assert.Empty(desk.Session.Commands);
    }

    [Fact]
    public async Task The_token_stops_and_resumes_and_the_reason_arrives()
    {
        await using var desk = await fixture.StartAsync();

        using var killed = await desk.Client.SendAsync(Post("kill", DeskFixture.Token));
        Assert.Equal(HttpStatusCode.OK, killed.StatusCode);
        using var answer = JsonDocument.Parse(await killed.Content.ReadAsStringAsync());
        Assert.Equal("killed", answer.RootElement.GetProperty("state").GetString());

        Assert.Equal(HttpStatusCode.OK, (await desk.Client.SendAsync(Post("resume", DeskFixture.Token))).StatusCode);
        Assert.Equal(["kill by api: a test", "resume by api: -"], desk.Session.Commands);
    }

    [Fact]
    public async Task The_command_line_is_journalled_as_cli_and_no_caller_chooses_another_name()
    {
        await using var desk = await fixture.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await desk.Client.SendAsync(Post("kill", DeskFixture.Token, by: "cli"))).StatusCode);
        foreach (var by in new[] { "page", "api", "the owner", "CLI", "" })
        {
            await RefusedAsync(desk, Post("kill", DeskFixture.Token, by: by), HttpStatusCode.BadRequest, "bad-caller");
        }

        Assert.Equal(["kill by cli: a test"], desk.Session.Commands);
    }

    [Fact]
    public async Task A_refusal_of_the_session_is_told_as_one()
    {
        await using var desk = await fixture.StartAsync();
        desk.Session.Halt("order px1 filled more than it asked for");

        await RefusedAsync(desk, Post("resume", DeskFixture.Token), HttpStatusCode.Conflict, "not-done");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("two\nlines")]
    public async Task A_stop_without_a_reason_in_one_line_is_refused(string reason)
    {
        await using var desk = await fixture.StartAsync();

        await RefusedAsync(desk, Post("kill", DeskFixture.Token, reason), HttpStatusCode.BadRequest, "bad-reason");
        await RefusedAsync(desk, Post("kill", DeskFixture.Token, new string('x', 201)), HttpStatusCode.BadRequest, "bad-reason");
        Assert.Empty(desk.Session.Commands);
    }

    [Fact]
    public async Task The_address_with_the_token_gives_a_cookie_and_leads_away_from_it()
    {
        await using var desk = await fixture.StartAsync();
        using var answer = await desk.Client.GetAsync($"/?token={DeskFixture.Token}");
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(DeskFixture.Token, cookie, StringComparison.Ordinal);

        using var post = Post("kill", token: null);
        post.Headers.Add("Cookie", cookie.Split(';')[0]);
        post.Headers.Add("Sec-Fetch-Site", "same-origin");
        Assert.Equal(HttpStatusCode.OK, (await desk.Client.SendAsync(post)).StatusCode);
        Assert.Equal(["kill by page: a test"], desk.Session.Commands);
    }

    [Theory]
    [InlineData("/?token=wrong-wrong-wrong-wrong", "/")]
    [InlineData("//elsewhere.example/?token=wrong-wrong-wrong-wrong", "/elsewhere.example/")]
    public async Task A_wrong_token_gives_no_cookie_and_leads_nowhere_else(string path, string location)
    {
        await using var desk = await fixture.StartAsync();
        using var answer = await desk.Client.GetAsync(new Uri(desk.Address.GetLeftPart(UriPartial.Authority) + path));

        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal(location, answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "http://elsewhere.example")]
    [InlineData("Origin", "null")]
    public async Task A_page_of_another_site_changes_nothing_even_with_the_token(string header, string value)
    {
        await using var desk = await fixture.StartAsync();
        using var post = Post("kill", DeskFixture.Token);
        post.Headers.Add(header, value);

        await RefusedAsync(desk, post, HttpStatusCode.Forbidden, "cross-site");
        Assert.Empty(desk.Session.Commands);
    }

    [Theory]
    [InlineData("elsewhere.example")]
    [InlineData("127.0.0.1.elsewhere.example")]
    [InlineData("10.0.0.7")]
    public async Task A_name_that_is_not_ours_is_not_answered(string name)
    {
        await using var desk = await fixture.StartAsync();
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/api/v1/status") { Headers = { Host = name } };

        await RefusedAsync(desk, asked, HttpStatusCode.MisdirectedRequest, "unknown-host");
    }

    [Fact]
    public async Task A_configured_name_and_the_loopbacks_are_answered()
    {
        await using var desk = await fixture.StartAsync(change: options => options with { HostNames = ["desk.example"] });
        foreach (var name in new[] { "desk.example", "localhost", "127.0.0.1", "[::1]" })
        {
            using var asked = new HttpRequestMessage(HttpMethod.Get, "/api/v1/status") { Headers = { Host = name } };
            Assert.Equal(HttpStatusCode.OK, (await desk.Client.SendAsync(asked)).StatusCode);
        }
    }

    [Fact]
    public async Task Beyond_the_loopback_reading_needs_the_token_too()
    {
        await using var desk = await fixture.StartAsync(change: options => options with { Address = IPAddress.Any });

        Assert.Equal(HttpStatusCode.Unauthorized, (await desk.Client.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await desk.Client.GetAsync("/events")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await desk.Client.GetAsync("/metrics")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await desk.Client.GetAsync("/health/live")).StatusCode);
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", DeskFixture.Token) } };
        Assert.Equal(HttpStatusCode.OK, (await desk.Client.SendAsync(asked)).StatusCode);
    }

    private static HttpRequestMessage Post(string command, string? token, string reason = "a test", string? by = null)
    {
        var post = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/control/{command}")
        {
            Content = new StringContent(JsonSerializer.Serialize(new { reason, by }), Encoding.UTF8, "application/json"),
        };
        post.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return post;
    }

    private static async Task RefusedAsync(RunningDesk desk, HttpRequestMessage request, HttpStatusCode status, string code)
    {
        using var answer = await desk.Client.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
        request.Dispose();
    }
}

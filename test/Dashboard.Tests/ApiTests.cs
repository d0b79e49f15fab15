using System.Globalization;
using System.Net;
using System.Text.Json;
using Parallax.Domain;
using Parallax.Storage.Queries;

namespace Parallax.Dashboard.Tests;

[Collection(DeskTests.Name)]
public sealed class ApiTests(DeskFixture fixture)
{
    [Fact]
    public async Task Status_says_what_the_session_and_the_store_say()
    {
        await using var desk = await (await fixture.StartAsync()).ReadyAsync();
        using var status = await JsonAsync(desk, "/api/v1/status");
        var figures = await fixture.Reader.FiguresAsync("USD", fixture.Run.Picture.StartedTime, CancellationToken.None);

        Assert.Equal("demo", Text(status, "mode"));
        Assert.Equal("running", Text(status, "state"));
        Assert.Equal(fixture.Run.Picture.Records, status.RootElement.GetProperty("records").GetInt64());
        Assert.Equal(Decimals.Plain(figures.Realised), status.RootElement.GetProperty("this_session").GetProperty("realised").GetString());
        Assert.Equal(figures.Plans, status.RootElement.GetProperty("this_session").GetProperty("plans").GetInt32());
        Assert.Equal((await fixture.Reader.PositionAsync(CancellationToken.None)).Sequence, status.RootElement.GetProperty("store").GetProperty("sequence").GetInt64());
        Assert.Equal(fixture.Run.Picture.OpenPlans.Count, status.RootElement.GetProperty("open_plans").GetArrayLength());
    }

    [Theory]
    [InlineData("/api/v1/plans")]
    [InlineData("/api/v1/opportunities")]
    public async Task Pages_of_seven_are_together_what_one_large_page_is(string path)
    {
        await using var desk = await fixture.StartAsync();
        using var all = await JsonAsync(desk, path + "?limit=1000");
        var whole = all.RootElement.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("sequence").GetInt64()).ToList();

        var paged = new List<long>();
        for (long? before = null; ;)
        {
            using var page = await JsonAsync(desk, $"{path}?limit=7{(before is { } sequence ? $"&before={sequence}" : "")}");
            paged.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("sequence").GetInt64()));
            var next = page.RootElement.GetProperty("next_before");
            if (next.ValueKind == JsonValueKind.Null)
            {
                break;
            }

            before = next.GetInt64();
        }

        Assert.True(whole.Count > 50);
        Assert.Equal(whole, paged);
        Assert.Equal(whole.OrderDescending(), whole);
    }

    [Fact]
    public async Task A_plan_comes_with_orders_fills_and_postings_that_sum_to_zero()
    {
        await using var desk = await fixture.StartAsync();
        var plan = (await fixture.Reader.PlansAsync(new Page(200), openOnly: false, CancellationToken.None)).First(row => row.Outcome == "completed");
        using var told = await JsonAsync(desk, $"/api/v1/plans/{plan.Key}");
        var root = told.RootElement;

        Assert.Equal(Decimals.Plain(plan.Realised!.Value), root.GetProperty("plan").GetProperty("realised").GetString());
        Assert.Equal(3, root.GetProperty("orders").EnumerateArray().Select(order => order.GetProperty("leg").GetInt32()).Distinct().Count());
        Assert.NotEmpty(root.GetProperty("fills").EnumerateArray());
        var sums = root.GetProperty("postings").EnumerateArray()
            .GroupBy(line => (line.GetProperty("sequence").GetInt64(), line.GetProperty("asset").GetString()))
            .Select(lines => lines.Sum(line => decimal.Parse(line.GetProperty("amount").GetString()!, CultureInfo.InvariantCulture)));
        Assert.All(sums, sum => Assert.Equal(0m, sum));
        Assert.EndsWith("Z", root.GetProperty("plan").GetProperty("opened").GetString());
        Assert.True(UtcNanos.TryParse(root.GetProperty("plan").GetProperty("opened").GetString()!, out var opened));
        Assert.Equal(plan.OpenedTime, opened.Value);
    }

    [Fact]
    public async Task Refusals_say_what_their_plans_would_have_made()
    {
        await using var desk = await fixture.StartAsync();
        var rows = await fixture.Reader.RefusalsAsync(0, 1_000, CancellationToken.None);
        using var told = await JsonAsync(desk, "/api/v1/refusals?limit=1000");
        var items = told.RootElement.GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(rows.Select(row => (row.Sequence, row.Reason)), items.Select(item => (item.GetProperty("sequence").GetInt64(), item.GetProperty("reason").GetString()!)));
        foreach (var (row, item) in rows.Zip(items))
        {
            Assert.Equal(row.StartAsset, item.GetProperty("start_asset").GetString());
            var looks = item.GetProperty("would_have_made");
            Assert.Equal(row.FollowedTime is null, looks.ValueKind == JsonValueKind.Null);
            if (row.FollowedTime is not null)
            {
                Assert.Equal([50, 250, 1_000], looks.EnumerateArray().Select(look => look.GetProperty("after_milliseconds").GetInt32()));
                Assert.Equal(row.After250 is { } profit ? Decimals.Plain(profit) : null, looks[1].GetProperty("profit").GetString());
            }
        }

        using var none = await JsonAsync(desk, "/api/v1/refusals?since=2100-01-01T00:00:00Z");
        Assert.Empty(none.RootElement.GetProperty("items").EnumerateArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.Client.GetAsync("/api/v1/refusals?since=yesterday")).StatusCode);
    }

    [Fact]
    public async Task The_chart_ends_where_the_figures_are()
    {
        await using var desk = await (await fixture.StartAsync()).ReadyAsync();
        using var chart = await JsonAsync(desk, "/api/v1/chart");
        var points = chart.RootElement.GetProperty("points").EnumerateArray().ToList();
        var figures = await fixture.Reader.FiguresAsync("USD", fixture.Run.Picture.StartedTime, CancellationToken.None);
        var step = TimeSpan.FromSeconds(chart.RootElement.GetProperty("step_seconds").GetInt64());

        Assert.Equal(Decimals.Plain(figures.Realised), points[^1].GetProperty("equity").GetString());
        Assert.All(points, point => Assert.True(decimal.Parse(point.GetProperty("drawdown").GetString()!, CultureInfo.InvariantCulture) <= 0m));
        var times = points.Select(point => point.GetProperty("time").GetDateTimeOffset()).ToList();
        Assert.All(times.Skip(1).Zip(times), pair => Assert.Equal(step, pair.First - pair.Second));

        var csv = await desk.Client.GetStringAsync("/api/v1/chart.csv");
        Assert.StartsWith("time,equity_USD,drawdown_USD,opportunities_per_minute\r\n", csv);
        Assert.InRange(csv.Split("\r\n").Length - 2, points.Count, points.Count + 5);
    }

    [Fact]
    public async Task Books_and_balances_are_the_snapshots()
    {
        await using var desk = await fixture.StartAsync();
        using var books = await JsonAsync(desk, "/api/v1/books");
        using var balances = await JsonAsync(desk, "/api/v1/balances");
        var first = fixture.Run.Picture.Books[0];
        var shown = books.RootElement.GetProperty("books")[0];

        Assert.Equal(first.Instrument.Id.Pair, shown.GetProperty("pair").GetString());
        Assert.Equal(Decimals.Plain(first.Bids[0].Price), shown.GetProperty("bids")[0].GetProperty("price").GetString());
        Assert.Equal(30, books.RootElement.GetProperty("books").GetArrayLength());
        Assert.Equal(
            fixture.Run.Picture.Balances.Select(balance => Decimals.Plain(balance.Total)),
            balances.RootElement.GetProperty("balances").EnumerateArray().Select(balance => balance.GetProperty("total").GetString()!));
    }

    [Theory]
    [InlineData("/api/v1/plans?limit=0", HttpStatusCode.BadRequest, "bad-limit")]
    [InlineData("/api/v1/opportunities?limit=1001", HttpStatusCode.BadRequest, "bad-limit")]
    [InlineData("/api/v1/plans/seventeen", HttpStatusCode.BadRequest, "bad-plan-id")]
    [InlineData("/api/v1/plans/1-999999", HttpStatusCode.NotFound, "no-such-plan")]
    [InlineData("/api/v1/plans?limit=many", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("/api/v1/nothing", HttpStatusCode.NotFound, "not-found")]
    [InlineData("/api/v1/control/kill", HttpStatusCode.MethodNotAllowed, "wrong-method")]
    public async Task A_wrong_question_is_answered_as_a_problem_with_a_stable_code(string path, HttpStatusCode status, string code)
    {
        await using var desk = await fixture.StartAsync();
        using var answer = await desk.Client.GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(code, Text(problem, "code"));
    }

    [Fact]
    public async Task The_description_names_every_route_and_says_the_units()
    {
        await using var desk = await fixture.StartAsync();
        using var document = await JsonAsync(desk, "/openapi/v1.json");
        var paths = document.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        string[] promised =
        [
            "/api/v1/status", "/api/v1/opportunities", "/api/v1/plans", "/api/v1/plans/{id}", "/api/v1/balances", "/api/v1/books", "/api/v1/control/kill", "/api/v1/control/resume", "/api/v1/control/reset-risk",
        ];
        Assert.Superset(promised.ToHashSet(), paths.ToHashSet());

        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        var price = schemas.GetProperty("LevelAnswer").GetProperty("properties").GetProperty("price");
        Assert.Equal("string", price.GetProperty("type").GetString());
        Assert.Contains("Quote per base", price.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_is_ready_while_its_books_live_and_not_when_its_engine_is_silent()
    {
        await using var desk = await (await fixture.StartAsync()).ReadyAsync();
        Assert.Equal(HttpStatusCode.OK, (await desk.Client.GetAsync("/health/live")).StatusCode);

        desk.Session.IsSilent = true;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        HttpResponseMessage answer;
        while ((answer = await desk.Client.GetAsync("/health/ready", deadline.Token)).IsSuccessStatusCode)
        {
            await Task.Delay(25, deadline.Token);
        }

        Assert.Contains("engine", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await desk.Client.GetAsync("/health/live")).StatusCode);
    }

    private static string? Text(JsonDocument json, string name) => json.RootElement.GetProperty(name).GetString();

    private static async Task<JsonDocument> JsonAsync(RunningDesk desk, string path) => JsonDocument.Parse(await desk.Client.GetStringAsync(path));
}

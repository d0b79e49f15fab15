using System.Net;
using Parallax.Dashboard.Api;
using Parallax.Reporting.Sessions;

namespace Parallax.Dashboard.Tests;

/// <summary>A request that comes twice has one effect (scenario E10).</summary>
[Collection(DeskTests.Name)]
public sealed class OnceOnlyTests(DeskFixture fixture)
{
    private const string Body = """{"breaker":"venue:kraken","reason":"a test"}""";

    [Fact]
    public async Task E10_A_form_that_is_sent_again_gets_the_first_answer_and_has_one_effect()
    {
        await using var desk = await fixture.StartAsync();
        var answers = 0;
        desk.Session.Act = _ => new OperatorAnswer(true, $"Answer {++answers}.");

        using var first = await Control.PostAsync(desk, "breakers/trip", Body, key: "form-1");
        using var again = await Control.PostAsync(desk, "breakers/trip", Body, key: "form-1");
        using var another = await Control.PostAsync(desk, "breakers/trip", Body, key: "form-2");

        Assert.Contains("Answer 1.", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.OK, false, true), (again.StatusCode, first.Headers.Contains(OnceOnly.RepeatedHeader), again.Headers.Contains(OnceOnly.RepeatedHeader)));
        Assert.Contains("Answer 2.", await another.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(2, desk.Session.Commands.Count);
    }

    [Theory]
    [InlineData("kill")]
    [InlineData("resume")]
    [InlineData("reset-risk")]
    [InlineData("residuals/3/work-off")]
    [InlineData("breakers/reset")]
    public async Task E10_Every_command_takes_a_key(string command)
    {
        await using var desk = await fixture.StartAsync();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            using var answer = await Control.PostAsync(desk, command, """{"reason":"a test"}""", key: "the-same");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Single(desk.Session.Commands);
    }

    [Fact]
    public async Task E10_Two_at_one_moment_have_one_effect_and_one_answer()
    {
        await using var desk = await fixture.StartAsync();
        desk.Session.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var both = new[] { Control.PostAsync(desk, "breakers/trip", Body, key: "click"), Control.PostAsync(desk, "breakers/trip", Body, key: "click") };

        // Whichever was second waits for the first, however long that takes.
        await UntilAsync(() => desk.Session.Commands.Count > 0);
        desk.Session.Gate.SetResult();
        var answers = await Task.WhenAll(both);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Single(answers, answer => answer.Headers.Contains(OnceOnly.RepeatedHeader));
        Assert.Single(desk.Session.Commands);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task E10_Who_hung_up_and_asks_again_learns_what_came_of_it()
    {
        await using var desk = await fixture.StartAsync();
        desk.Session.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var hangUp = new CancellationTokenSource();
        var lost = Control.PostAsync(desk, "breakers/trip", Body, key: "lost", cancellation: hangUp.Token);
        await UntilAsync(() => desk.Session.Commands.Count > 0);
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lost);
        desk.Session.Gate.SetResult();

        using var again = await Control.PostAsync(desk, "breakers/trip", Body, key: "lost");

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Single(desk.Session.Commands);
    }

    [Fact]
    public async Task E10_A_refusal_is_remembered_too_and_a_key_is_of_one_request_only()
    {
        await using var desk = await fixture.StartAsync();
        desk.Session.Act = _ => new OperatorAnswer(false, "Not now.");
        await Control.RefusedAsync(desk, "breakers/trip", Body, HttpStatusCode.Conflict, "not-done", key: "k");
        desk.Session.Act = _ => new OperatorAnswer(true, "Now.");

        await Control.RefusedAsync(desk, "breakers/trip", Body, HttpStatusCode.Conflict, "not-done", key: "k");
        await Control.RefusedAsync(desk, "breakers/trip", """{"breaker":"global","reason":"a test"}""", HttpStatusCode.UnprocessableEntity, "key-reused", key: "k");
        await Control.RefusedAsync(desk, "breakers/reset", Body, HttpStatusCode.UnprocessableEntity, "key-reused", key: "k");
        Assert.Single(desk.Session.Commands);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("")]
    public async Task A_key_is_printable_and_short(string key)
    {
        await using var desk = await fixture.StartAsync();

        await Control.RefusedAsync(desk, "breakers/trip", Body, HttpStatusCode.BadRequest, "bad-key", key: key);
        await Control.RefusedAsync(desk, "breakers/trip", Body, HttpStatusCode.BadRequest, "bad-key", key: new string('k', 129));
        Assert.Empty(desk.Session.Commands);
    }

    [Fact]
    public async Task E10_Only_the_newest_keys_are_remembered()
    {
        await using var desk = await fixture.StartAsync();
        for (var i = 0; i <= OnceOnly.KeysMax; i++)
        {
            (await Control.PostAsync(desk, "breakers/trip", Body, key: $"k{i}")).Dispose();
        }

        (await Control.PostAsync(desk, "breakers/trip", Body, key: $"k{OnceOnly.KeysMax}")).Dispose();
        Assert.Equal(OnceOnly.KeysMax + 1, desk.Session.Commands.Count);
        (await Control.PostAsync(desk, "breakers/trip", Body, key: "k0")).Dispose();
        Assert.Equal(OnceOnly.KeysMax + 2, desk.Session.Commands.Count);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!holds())
        {
            await Task.Delay(10, deadline.Token);
        }
    }
}

using System.Text.Json.Nodes;
using Parallax.Cli.Tests.Systems;

namespace Parallax.Cli.Tests.Operating;

public sealed class WhyVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-why-").FullName;

    [Fact]
    public async Task The_funnel_of_a_session_is_told_from_its_journal_on_eighty_columns_with_reasons_and_nearest_misses()
    {
        var report = await SeededSession.RunAsync(_folder, async (session, market) =>
        {
            await market.UntilAsync(() => session.Current.Fills >= 3);
            await session.KillAsync("look why", "test", default);
            var refused = session.Current.Refused.GetValueOrDefault("kill");
            await market.UntilAsync(() => session.Current.Refused.GetValueOrDefault("kill") > refused + 1);
        });
        var journal = Path.Combine(_folder, "journal");

        var run = await CommandLine.RunAsync("why", "--journal", journal, "--json");
        var text = await CommandLine.RunAsync("why", "--data", _folder, "--since", "1h");

        Assert.Equal(("", ExitCodes.Done, ExitCodes.Done), (run.Error, run.ExitCode, text.ExitCode));
        var json = JsonNode.Parse(run.Output)!;
        var stages = new[] { "detected", "net_positive", "within_risk", "sent", "filled" }.Select(stage => (long)json[stage]!).ToList();
        Assert.Equal(report.Last.Opportunities, stages[0]);
        Assert.Equal(stages.OrderDescending(), stages);
        Assert.True(stages[^1] > 0);
        Assert.Equal(report.Last.Refused["kill"], (long)json["refused"]!["kill"]!);
        var nearest = json["nearest"]!.AsArray();
        Assert.NotEmpty(nearest);
        Assert.All(text.Output.Split('\n'), line => Assert.True(line.TrimEnd('\r').Length <= 80, line));
        Assert.Contains("Nearest misses", text.Output, StringComparison.Ordinal);
        Assert.Contains("within risk", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusals_of_a_session_are_followed_up_where_its_settings_say_so()
    {
        await SeededSession.RunAsync(_folder, async (session, market) =>
        {
            await session.KillAsync("dry", "test", default);
            await market.UntilAsync(() => session.Current.Refused.GetValueOrDefault("kill") > 1);
            var time = session.Current.Time;
            await market.UntilAsync(() => session.Current.Time > time + 1_500_000_000);
        });

        var run = await CommandLine.RunAsync("why", "--journal", Path.Combine(_folder, "journal"), "--json");

        var miss = JsonNode.Parse(run.Output)!["nearest"]!.AsArray()[0]!;
        Assert.Equal("kill", (string)miss["reason"]!);
        Assert.Equal([50, 250, 1_000], miss["would_have_made"]!.AsArray().Select(look => (int)look!["after_ms"]!));
    }

    [Fact]
    public async Task Without_a_session_and_without_a_journal_it_says_how_to_name_one()
    {
        (await CommandLine.RunAsync("why", "--data", _folder)).IsOneSentence(ExitCodes.Failed, "--journal");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

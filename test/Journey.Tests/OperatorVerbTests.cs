using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Parallax.Cli.Operating;

namespace Parallax.Journey.Tests;

/// <summary>A second terminal beside a running demo.</summary>
[Collection(OneDemoAtATime.Name)]
public sealed class OperatorVerbTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Status_kill_and_resume_reach_the_running_session()
    {
        await using var demo = await DemoProcess.StartAsync(_folder.Path, "--seed", "7");
        await demo.StatusAsync(status => (string)status["state"]! == "running" && (long)status["fills"]! > 0, Soon, "A running session with fills");

        Assert.StartsWith("Parallax demo · running · session 1", (await RunAsync("status")).Done(), StringComparison.Ordinal);

        (await RunAsync("kill", "--reason", "a drill")).Done();
        var api = await demo.StatusAsync(
            status => (string)status["state"]! == "killed" && (long?)status["store"]!["behind"] == 0 && status["open_plans"]!.AsArray().Count == 0, Soon, "A stop");
        Assert.Equal("a drill", (string)api["state_reason"]!);
        var told = JsonNode.Parse((await RunAsync("status", "--json")).Done())!.AsObject();
        SaysTheSame(api, told);
        Missing(typeof(SessionStatus), told, "status");

        (await RunAsync("resume", "--reason", "the drill is over")).Done();
        await demo.StatusAsync(status => (string)status["state"]! == "running", Soon, "Trading again");
        Assert.Equal(["kill by cli: a drill", "resume by cli: the drill is over"], JournalFold.Of(demo.Journal, 1).Commands);

        (await demo.EndAsync("INT")).Run.Done();
        var after = await RunAsync("status");
        Assert.NotEqual(0, after.ExitCode);
        Assert.Contains("No session runs", after.Error, StringComparison.Ordinal);
    }

    /// <summary>The same fields, and the same values in those that stand still while trading is stopped.</summary>
    private static void SaysTheSame(JsonObject api, JsonObject told)
    {
        Assert.Equal(api.Select(field => field.Key), told.Select(field => field.Key));
        foreach (var still in new[] { "mode", "session", "state", "state_reason", "started", "version", "reporting_asset", "instruments", "cycles", "fills", "open_plans" })
        {
            Assert.True(JsonNode.DeepEquals(api[still], told[still]), $"{still}: {api[still]} and {told[still]}");
        }

        Assert.Equal(SessionFigures.Of(api), SessionFigures.Of(told));
        Assert.Equal((string)api["journal"]!["path"]!, (string)told["journal"]!["path"]!);
    }

    /// <summary>Everything the screen reads is something the server says, by the same name.</summary>
    private static void Missing(Type read, JsonObject told, string path)
    {
        foreach (var property in read.GetProperties().Where(property => property.GetMethod is { IsStatic: false } && property.Name != "EqualityContract"))
        {
            var name = property.GetCustomAttributes(typeof(JsonPropertyNameAttribute), inherit: false) is [JsonPropertyNameAttribute named]
                ? named.Name
                : JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            Assert.True(told.ContainsKey(name), $"{path}.{name} is read and never said.");
            var element = property.PropertyType.IsGenericType ? property.PropertyType.GenericTypeArguments[0] : property.PropertyType;
            if (element.DeclaringType == typeof(SessionStatus) && (told[name] is JsonArray list ? list.FirstOrDefault() : told[name]) is JsonObject part)
            {
                Missing(element, part, $"{path}.{name}");
            }
        }
    }

    private Task<Executable.Run> RunAsync(string verb, params string[] more) => Executable.RunAsync([verb, "--data", _folder.Path, .. more]);
}

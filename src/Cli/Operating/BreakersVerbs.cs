using System.CommandLine;
using Parallax.Cli.Output;

namespace Parallax.Cli.Operating;

/// <summary><c>breakers</c>: the circuit breakers of a running session.</summary>
public static class BreakersVerbs
{
    public static Command Create()
    {
        var group = List("breakers", "The circuit breakers of a running session: shows them, opens one, closes one.", "parallax breakers");
        group.Add(List("list", "Shows every breaker with its state and its pause.", "parallax breakers list --json"));
        group.Add(Switch("trip", "Opens a breaker for its pause: no plan is opened on its way.", "parallax breakers trip venue:kraken --reason \"it announced trouble\"", "is not opened"));
        group.Add(Switch("reset", "Closes a breaker: plans are opened on its way again.", "parallax breakers reset venue:kraken --reason \"the trouble is over\"", "is not closed"));
        return group;
    }

    private static Command List(string name, string summary, string example)
    {
        var instances = new InstanceOptions();
        var json = OperatorCall.JsonOption();
        return Verb.Create(name, summary, example, [json, instances.Data], async (parsed, cancellation) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            using var call = OperatorCall.Begin(instances, parsed, cancellation);
            return await call.ListAsync<SessionBreakers>("breakers", parsed.GetValue(json), list => WriteAsync(output, list));
        });
    }

    private static Command Switch(string name, string summary, string example, string undone)
    {
        var instances = new InstanceOptions();
        var reason = ReasonOption.Create();
        var breaker = new Argument<string>("NAME") { Description = "global, strategy:cycles, venue:kraken: its name in the list." };
        return Verb.Create(name, summary, example, [breaker, reason, instances.Data], async (parsed, cancellation) =>
        {
            using var call = OperatorCall.Begin(instances, parsed, cancellation);
            var wanted = parsed.GetRequiredValue(breaker);
            return await call.DoAsync($"breakers/{name}", parsed.GetRequiredValue(reason), $"Breaker {wanted} {undone}", ("breaker", wanted));
        });
    }

    private static async Task WriteAsync(TextWriter output, SessionBreakers list)
    {
        if (list.Breakers.Count == 0)
        {
            await output.WriteLineAsync("There are no breakers before the first book has come.");
            return;
        }

        var table = Terminal.Table("Breaker", "State", ">Failures", ">Probe in", ">Pause", "Last opened by");
        foreach (var one in list.Breakers)
        {
            table.AddPlainRow(
                one.Name, one.State, $"{one.FailuresInRow} of {one.FailuresMax}", one.LeftNanoseconds is { } left ? Words.Span(Math.Max(0, left)) : Words.Unknown,
                Words.Span(one.PauseNanoseconds), one.TrippedBy == "manual" ? "operator" : one.TrippedBy ?? Words.Unknown);
        }

        Terminal.On(output).Write(table);
    }
}

/// <summary>What <c>/api/v1/breakers</c> says, as far as it is shown.</summary>
internal sealed record SessionBreakers
{
    public IReadOnlyList<Item> Breakers { get; init; } = [];

    public sealed record Item(string Name, string State, string? TrippedBy, int FailuresInRow, int FailuresMax, long? LeftNanoseconds, long PauseNanoseconds);
}

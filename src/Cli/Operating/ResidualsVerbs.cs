using System.CommandLine;
using System.CommandLine.Parsing;
using Parallax.Cli.Keys;
using Parallax.Cli.Output;
using Parallax.Domain;

namespace Parallax.Cli.Operating;

/// <summary><c>residuals</c>: what plans left behind, and what an operator does about it.</summary>
public static class ResidualsVerbs
{
    internal static Command Create(ITypedInput? typed)
    {
        var group = List("residuals", "What plans of a running session left behind: shows it, trades it home, or keeps it.", "parallax residuals");
        group.Add(List("list", "Shows what plans left behind, with age, cost and what it is worth now.", "parallax residuals list --json"));
        group.Add(Decide(
            "work-off",
            "Trades a residual home on the book of this moment, whatever it pays.",
            "parallax residuals work-off 3 --reason \"enough waiting\"",
            residual => residual.WorkOffWords,
            residual => $"A plan sends an order for {residual.Asset} on the book of this moment and takes what it pays in {residual.StartAsset}"
                + $"{(residual.Worth is { } worth ? $": about {Words.Amount(worth)} at the best price now, for a cost of {Words.Amount(residual.Cost)}" : "")}.",
            typed));
        group.Add(Decide(
            "write-off",
            "Keeps a residual as inventory and lists it no more; nothing is traded.",
            "parallax residuals write-off 3 --reason \"we want to hold it\"",
            residual => residual.WriteOffWords,
            residual => $"{Decimals.Plain(residual.Amount)} {residual.Asset} stays at {residual.Venue} as inventory; nothing brings it home any more.",
            typed));
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
            return await call.ListAsync<SessionResiduals>("residuals", parsed.GetValue(json), list => WriteAsync(output, list));
        });
    }

    private static Command Decide(
        string name, string summary, string example, Func<SessionResiduals.Item, string> words, Func<SessionResiduals.Item, string> whatHappens, ITypedInput? typed)
    {
        var instances = new InstanceOptions();
        var reason = ReasonOption.Create();
        var confirm = OperatorCall.ConfirmOption($"{name.Replace('-', ' ')} 0.002 BTC");
        var number = new Argument<int>("ID")
        {
            Description = "Its number in the list.",
            CustomParser = result => int.TryParse(result.Tokens[0].Value, out var value) && value > 0 ? value : Wrong(result),
        };
        return Verb.Create(name, summary, example, [number, reason, confirm, instances.Data], async (parsed, cancellation) =>
        {
            using var call = OperatorCall.Begin(instances, parsed, cancellation);
            var wanted = parsed.GetValue(number);
            var listed = SessionJson.Read<SessionResiduals>(await call.Client.GetAsync("residuals", cancellation)).Residuals;
            var residual = listed.FirstOrDefault(one => one.Number == wanted) ?? throw new UserErrorException(
                listed.Count == 0 ? $"No residual has number {wanted}: none is listed." : $"No residual has number {wanted}; listed are {string.Join(", ", listed.Select(one => one.Number))}.");
            var confirmation = await call.ConfirmAsync(words(residual), parsed.GetValue(confirm), whatHappens(residual), typed, parsed.InvocationConfiguration.Error);
            return await call.DoAsync(
                $"residuals/{wanted}/{name}", parsed.GetRequiredValue(reason), $"Residual {wanted} stays as it is", ("confirmation", confirmation));
        });
    }

    private static int Wrong(ArgumentResult result)
    {
        result.AddError($"ID is the number of a residual in the list; found '{result.Tokens[0].Value}'.");
        return 0;
    }

    private static async Task WriteAsync(TextWriter output, SessionResiduals list)
    {
        if (list.Residuals.Count == 0)
        {
            await output.WriteLineAsync("Nothing is left behind: every plan came home.");
            return;
        }

        var table = Terminal.Table(">ID", ">Amount", "Asset", "Age", ">Cost", ">Worth now", "In", "Plan");
        foreach (var one in list.Residuals)
        {
            table.AddPlainRow(
                $"{one.Number}", Decimals.Plain(one.Amount), one.Asset, Words.Span(one.AgeNanoseconds), Words.Amount(one.Cost),
                one.Worth is { } worth ? Words.Amount(worth) : Words.Unknown, one.StartAsset, one.Plan);
        }

        Terminal.On(output).Write(table);
        await output.WriteLineAsync("Home at what the book pays: parallax residuals work-off ID --reason \"…\"\nKept as inventory:          parallax residuals write-off ID --reason \"…\"");
    }
}

/// <summary>What <c>/api/v1/residuals</c> says, as far as it is shown.</summary>
internal sealed record SessionResiduals
{
    public IReadOnlyList<Item> Residuals { get; init; } = [];

    public sealed record Item(
        int Number, string Asset, string Venue, decimal Amount, string StartAsset, decimal Cost, decimal? Worth, string Plan, long AgeNanoseconds,
        string WorkOffWords, string WriteOffWords);
}

using System.CommandLine;
using System.Text.Json.Nodes;
using Parallax.Cli.Config;
using Parallax.Cli.Output;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Cli.Keys;

internal static class CheckVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static Command Create(ITypedInput typed)
    {
        var (config, file) = (KeysVerbs.ConfigOption(), KeysVerbs.VaultOption());
        var name = new Option<string?>("--name") { Description = "Which sealed key; the one the settings name without it.", HelpName = "NAME" };
        var endpoint = new Option<string?>("--endpoint") { Description = "A server that speaks the venue's protocol, instead of the venue: http://127.0.0.1:8080.", HelpName = "URL" };
        var json = new Option<bool>("--json") { Description = "Print the answer as JSON." };
        return Verb.Create(
            "check",
            "Asks the venue what a key may do. A key that can withdraw is refused: exit code 3.",
            "parallax keys check",
            [name, endpoint, json, file, config],
            async (parsed, cancellation) =>
            {
                (string Option, string Key, string? Text)[] said = [("--vault", SettingCatalog.KeysFile.Key, parsed.GetValue(file)), (endpoint.Name, SettingCatalog.KrakenEndpoint.Key, parsed.GetValue(endpoint))];
                var settings = ParallaxSettings.Load(SettingSources.Of(parsed.GetValue(config)) with
                {
                    CommandLine = [.. said.Where(one => one.Text is not null).Select(one => (one.Option, one.Key, one.Text!))],
                });
                var key = KeySource.Find(
                    settings.Keys, parsed.GetValue(name) ?? settings.Keys.KrakenName, new Questions(typed, parsed.InvocationConfiguration.Error, cancellation), out var from);
                var root = settings.Kraken.Endpoint is { } other ? KrakenEndpoints.At(other).Rest : KrakenEndpoints.Live.Rest;
                using var rest = new KrakenRest(root, new KrakenCredentials(key.Key, key.Secret), TimeProvider.System, seed: 0);
                var info = await AskAsync(rest, root, cancellation);
                var verdict = KeyVerdict.On(info);
                await (parsed.GetValue(json)
                    ? Json.WriteAsync(parsed.InvocationConfiguration.Output, ToJson(info, from, verdict))
                    : WriteAsync(parsed.InvocationConfiguration.Output, info, from, root, verdict));
                return verdict.IsUsable ? ExitCodes.Done : ExitCodes.RefusedForSafety;
            });
    }

    private static async Task<ApiKeyInfo> AskAsync(KrakenRest rest, Uri root, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            var answer = await rest.ApiKeyInfoAsync(patience.Token);
            return answer.Result ?? throw new UserErrorException($"{root} did not say what the key may do: {answer.Malformed ?? string.Join(", ", answer.Errors)}.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new UserErrorException($"{root} did not answer within {Patience.TotalSeconds:0} s.");
        }
    }

    private static async Task WriteAsync(TextWriter output, ApiKeyInfo info, string from, Uri root, KeyVerdict verdict)
    {
        await output.WriteLineAsync($"Key '{info.Name}' at {root} (from {from})");
        foreach (var needed in ApiKeyInfo.Required)
        {
            await output.WriteLineAsync($"  {(info.Permissions.Contains(needed) ? "yes    " : "MISSING")}  {needed}");
        }

        foreach (var more in info.Permissions.Except(ApiKeyInfo.Required))
        {
            await output.WriteLineAsync($"  {(more == ApiKeyInfo.Withdraw ? "REFUSED" : "unused ")}  {more}");
        }

        await output.WriteLineAsync(verdict.Sentence);
    }

    private static JsonObject ToJson(ApiKeyInfo info, string from, KeyVerdict verdict) => new()
    {
        ["name"] = info.Name,
        ["from"] = from,
        ["permissions"] = new JsonArray([.. info.Permissions.Select(permission => (JsonNode)permission)]),
        ["missing"] = new JsonArray([.. info.Missing.Select(permission => (JsonNode)permission)]),
        ["can_withdraw"] = info.CanWithdraw,
        ["usable"] = verdict.IsUsable,
        ["sentence"] = verdict.Sentence,
    };
}

using System.CommandLine;
using System.Text.Json.Nodes;
using Parallax.Cli.Output;

namespace Parallax.Cli.Config;

public static class ValidateVerb
{
    public static Command Create()
    {
        var file = new Argument<string?>("file")
        {
            Description = $"The file to check; {SettingSources.FileName} in the current folder without one.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var json = new Option<bool>("--json") { Description = "Print the findings as JSON." };
        return Verb.Create(
            "validate",
            "Checks a configuration file and the environment, and lists every mistake. Exit code 1 when there is one.",
            "parallax config validate parallax.yaml",
            [file, json],
            async (parsed, _) =>
            {
                var sources = SettingSources.Of(parsed.GetValue(file));
                var set = SettingSet.Read(sources);
                ParallaxSettings.CheckTogether(set);
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(json))
                {
                    await Json.WriteAsync(output, new JsonObject
                    {
                        ["file"] = sources.File.Path.Length > 0 ? sources.File.Path : null,
                        ["valid"] = set.Mistakes.Count == 0,
                        ["mistakes"] = new JsonArray([.. set.Mistakes.Select(mistake => (JsonNode)mistake)]),
                        ["notes"] = new JsonArray([.. set.Notes.Select(note => (JsonNode)note)]),
                    });
                    return set.Mistakes.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
                }

                await WriteAsync(output, sources, set);
                return set.Mistakes.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
            });
    }

    private static async Task WriteAsync(TextWriter output, SettingSources sources, SettingSet set)
    {
        foreach (var mistake in set.Mistakes)
        {
            await output.WriteLineAsync(mistake);
        }

        foreach (var note in set.Notes)
        {
            await output.WriteLineAsync($"note: {note}");
        }

        var from = sources.File.Path.Length > 0 ? sources.File.Path : $"No {SettingSources.FileName} here, the defaults";
        var changed = set.All().Count(value => value.Origin.Kind != OriginKind.Default);
        await output.WriteLineAsync(set.Mistakes.Count switch
        {
            0 => $"{from}: valid, {Count(changed, "setting")} changed.",
            var mistakes => $"{from}: not valid, {Count(mistakes, "mistake")}.",
        });
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}

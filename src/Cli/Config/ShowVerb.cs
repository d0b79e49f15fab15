using System.CommandLine;
using System.Text.Json.Nodes;
using Parallax.Cli.Output;
using Spectre.Console;

namespace Parallax.Cli.Config;

public static class ShowVerb
{
    private const int NameWidth = 23;
    private const int ValueWidth = 28;

    public static Command Create()
    {
        var config = FileOption();
        var instances = new Operating.InstanceOptions();
        var running = new Option<bool>("--session") { Description = "Print what the running session goes by now, with its version, instead of what stands in files." };
        var json = new Option<bool>("--json") { Description = "Print the settings as JSON." };
        var markdown = new Option<bool>("--markdown") { Description = "Print what each setting takes and does, as the table in docs/concepts/configuration.md." };
        return Verb.Create(
            "show",
            "Prints every setting with its value and where that came from. Secrets are shown as dots.",
            "parallax config show",
            [config, running, instances.Data, json, markdown],
            async (parsed, cancellation) =>
            {
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(running))
                {
                    using var call = Operating.OperatorCall.Begin(instances, parsed, cancellation);
                    return await call.ListAsync<RunningSettings>("settings", parsed.GetValue(json), now => RunningSettingsText.WriteAsync(output, now));
                }

                if (parsed.GetValue(markdown))
                {
                    await output.WriteAsync(SettingsTable.Markdown());
                    return ExitCodes.Done;
                }

                var set = SettingSet.Read(SettingSources.Of(parsed.GetValue(config)));
                ParallaxSettings.CheckTogether(set);
                set.RequireSound();
                if (parsed.GetValue(json))
                {
                    await Json.WriteAsync(output, new JsonArray([.. set.All().Select(ToJson)]));
                }
                else
                {
                    await WriteAsync(output, set);
                }

                return ExitCodes.Done;
            });
    }

    /// <summary><c>--config</c>, as every verb has it that reads the settings.</summary>
    public static Option<string?> FileOption() => new("--config")
    {
        Description = $"Settings in YAML; {SettingSources.FileName} in the current folder without it.",
        HelpName = "FILE",
    };

    private static async Task WriteAsync(TextWriter output, SettingSet set)
    {
        var console = Terminal.On(output);
        foreach (var section in set.All().GroupBy(value => value.Key.Contains('.') ? value.Key.Split('.')[0] : ""))
        {
            await output.WriteLineAsync(section.Key.Length > 0 ? $"\n{section.Key}" : "");
            foreach (var value in section)
            {
                var name = section.Key.Length > 0 ? value.Key[(section.Key.Length + 1)..] : value.Key;
                var text = $"{ValueOf(value)} {(value.Setting.Unit == "the asset" ? name : value.Origin.Kind == OriginKind.Default && !IsFigure(value) ? "" : value.Setting.Unit)}".Trim();

                // A value that is too long has the line for itself.
                await output.WriteAsync($"  {name.PadRight(NameWidth)}");
                await output.WriteAsync(text.Length <= ValueWidth ? $"{text.PadRight(ValueWidth)} " : $"{text}\n  {new string(' ', NameWidth + ValueWidth)} ");
                console.WriteLine(value.Origin.ToString(), value.Origin.Kind == OriginKind.Default ? new Style(decoration: Decoration.Dim) : Style.Plain);
            }
        }

        await output.WriteLineAsync();
        foreach (var note in set.Notes)
        {
            await output.WriteLineAsync($"note: {note}");
        }

        await output.WriteLineAsync("What each does: docs/concepts/configuration.md");
    }

    /// <summary>Whether a default is a number, which needs its unit; some are words.</summary>
    private static bool IsFigure(SettingValue value) => char.IsAsciiDigit(value.Setting.DefaultText[0]);

    private static string ValueOf(SettingValue value) =>
        value.Origin.Kind == OriginKind.Default ? value.Setting.DefaultText.Replace("`", "") : value.Shown;

    private static JsonNode ToJson(SettingValue value) => new JsonObject
    {
        ["key"] = value.Key,
        ["value"] = ValueOf(value),
        ["unit"] = value.Setting.Unit.Length > 0 ? value.Setting.Unit : null,
        ["origin"] = value.Origin.Kind switch
        {
            OriginKind.CommandLine => "command line",
            var kind => kind.ToString().ToLowerInvariant(),
        },
        ["place"] = value.Origin.Place.Length > 0 ? value.Origin.Place : null,
        ["line"] = value.Origin.Line > 0 ? value.Origin.Line : null,
        ["set"] = value.Origin.Kind != OriginKind.Default,
    };
}

using System.Text;

namespace Parallax.Cli.Config;

/// <summary>The catalog as the table in docs/concepts/configuration.md.</summary>
public static class SettingsTable
{
    public static string Markdown()
    {
        var text = new StringBuilder();
        text.Append("| key | type | unit | allowed | default | what it does |\n|---|---|---|---|---|---|\n");
        foreach (var setting in SettingCatalog.All)
        {
            var plainDefault = setting.DefaultText.Any(char.IsAsciiDigit) && !setting.DefaultText.Contains('`') ? $"`{setting.DefaultText}`" : setting.DefaultText;
            text.Append($"| `{setting.Key}` | {setting.Type} | {setting.Unit} | {setting.Allowed} | {plainDefault} | {setting.Summary} |\n");
        }

        return text.ToString();
    }
}

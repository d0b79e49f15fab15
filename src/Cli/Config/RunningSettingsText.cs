using Parallax.Cli.Output;

namespace Parallax.Cli.Config;

/// <summary>The settings of a running session on 80 columns: what may change, its range, and who changed what.</summary>
internal static class RunningSettingsText
{
    public static async Task WriteAsync(TextWriter output, RunningSettings now)
    {
        await output.WriteLineAsync($"Version {now.Version} of the running session's settings. 'parallax config set' changes them.");
        var table = Terminal.Table("Setting", ">Value", "Allowed", "Owner");
        foreach (var one in now.Settings)
        {
            table.AddPlainRow(one.Key, one.Value, one.Allowed.Replace("1000000000000", "10^12"), one.Owner);
        }

        Terminal.On(output).Write(table);
        foreach (var change in now.Changes)
        {
            await output.WriteLineAsync($"{change.Time.ToString()[11..19]} version {change.Version} by {change.Who}: {change.Reason}");
            foreach (var one in change.Differences)
            {
                await output.WriteLineAsync($"  {one.Key} {one.Before} → {one.After}");
            }
        }
    }
}

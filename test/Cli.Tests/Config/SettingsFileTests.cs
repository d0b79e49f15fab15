using Parallax.Cli.Config;
using Parallax.Trading.Decisions;

namespace Parallax.Cli.Tests.Config;

/// <summary>A change that is to last is written into the settings file as its owner would have written it, or not at all.</summary>
public sealed class SettingsFileTests : IDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-kept-").FullName;

    private string Place => Path.Combine(_folder, "parallax.yaml");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("limits:\n  min-edge-bps: 3   # mine\n  open-plans: 2\n", "limits:\n  min-edge-bps: 4   # mine\n  open-plans: 2\n")]
    [InlineData("# head\nlimits:\n    open-plans: 2 # few\n\nstore:\n  lag-ms: 400\n", "# head\nlimits:\n    open-plans: 2 # few\n    min-edge-bps: 4\n\nstore:\n  lag-ms: 400\n")]
    [InlineData("limits: {open-plans: 2, MinEdgeBps: '3'}\n", "limits: {open-plans: 2, MinEdgeBps: 4}\n")]
    [InlineData("limits: {open-plans: 2}", "limits: {open-plans: 2, min-edge-bps: 4}")]
    [InlineData("limits.min-edge-bps: 3\ncapital:\n  USD: 5\n", "limits.min-edge-bps: 4\ncapital:\n  USD: 5\n")]
    [InlineData("risk:\n  net-edge-bps-min: 3\n", "risk:\n  net-edge-bps-min: 4\n")]
    [InlineData("limits:\n  # nothing yet\nhttp: {port: 1}\n", "limits:\n  min-edge-bps: 4\n  # nothing yet\nhttp: {port: 1}\n")]
    [InlineData("limits:\r\n  open-plans: 2\r\nhttp:\r\n  port: 1\r\n", "limits:\r\n  open-plans: 2\r\n  min-edge-bps: 4\r\nhttp:\r\n  port: 1\r\n")]
    [InlineData("capital:\n  USD: 5", "capital:\n  USD: 5\nlimits:\n  min-edge-bps: 4\n")]
    [InlineData("", "limits:\n  min-edge-bps: 4\n")]
    [InlineData("# only words\n", "# only words\nlimits:\n  min-edge-bps: 4\n")]
    [InlineData("limits:\n  min-edge-bps:\n  open-plans: 1\n", "limits:\n  min-edge-bps: 4\n  open-plans: 1\n")]
    [InlineData("{limits: {open-plans: 2}, http: {port: 1}}\n", "{limits: {open-plans: 2, min-edge-bps: 4}, http: {port: 1}}\n")]
    [InlineData("{http: {port: 1}}\n", null)]
    public void A_value_is_changed_where_it_stands_or_added_to_its_section_and_all_else_stays(string before, string? after)
    {
        File.WriteAllText(Place, before);

        var why = Write(out _, ("limits.min-edge-bps", "4"));

        Assert.Equal(after ?? before, File.ReadAllText(Place));
        Assert.Equal(after is null, why is not null);
    }

    [Fact]
    public void Lists_and_several_values_are_written_and_what_stood_there_is_said()
    {
        File.WriteAllText(Place, "limits:\n  stable-coins:\n    - USDT # first\n    - DAI\n  open-plans: 2\n");

        Assert.Null(Write(out var changes, ("limits.stable-coins", "USDT,USDC"), ("limits.quiet-hours", "22:00-23:30"), ("execution.policy", "expected-value")));

        Assert.Equal(
            "limits:\n  stable-coins:\n    [USDT, USDC]\n  open-plans: 2\n  quiet-hours: '22:00-23:30'\nexecution:\n  policy: expected-value\n", File.ReadAllText(Place));
        Assert.Equal(
            [new("limits.stable-coins", "USDT,DAI", "USDT,USDC"), new("limits.quiet-hours", "", "22:00-23:30"), new ChangedSetting("execution.policy", "", "expected-value")], changes);
    }

    [Fact]
    public void A_file_that_others_changed_since_is_left_alone_and_ones_own_change_is_none()
    {
        File.WriteAllText(Place, "limits:\n  open-plans: 2\n");
        var file = new SettingsFile(ConfigFile.Read(Place), Nothing);
        Assert.Null(file.TryWrite([new("limits.open-plans", "3")], out _));
        Assert.Null(file.TryWrite([new("limits.open-plans", "4")], out _));
        File.AppendAllText(Place, "# theirs\n");

        var why = file.TryWrite([new("limits.open-plans", "5")], out _);

        Assert.Equal($"{Place} was changed since the session read it; set it there by hand", why);
        Assert.Equal("limits:\n  open-plans: 4\n# theirs\n", File.ReadAllText(Place));
        Assert.Equal([Place], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_that_may_not_be_written_stays_as_it_is()
    {
        File.WriteAllText(Place, "limits:\n  open-plans: 2\n");
        new FileInfo(Place).IsReadOnly = true;

        Assert.StartsWith($"{Place} cannot be written: ", Write(out _, ("limits.open-plans", "3")), StringComparison.Ordinal);
        Assert.Equal("limits:\n  open-plans: 2\n", File.ReadAllText(Place));
    }

    [Fact]
    public void What_the_next_session_would_not_start_with_is_not_written()
    {
        File.WriteAllText(Place, "limits:\n  notional-max: 500\n");

        var why = Write(out _, ("limits.notional-min", "800"));

        Assert.StartsWith("the next session would not start with it: ", why, StringComparison.Ordinal);
        Assert.Equal("limits:\n  notional-max: 500\n", File.ReadAllText(Place));
    }

    [Fact]
    public void The_mode_of_the_file_and_a_link_to_it_stay()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var real = Path.Combine(_folder, "real.yaml");
        File.WriteAllText(real, "limits:\n  open-plans: 2\n");
        File.SetUnixFileMode(real, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        File.CreateSymbolicLink(Place, real);

        Assert.Null(Write(out _, ("limits.open-plans", "3")));

        Assert.Equal("limits:\n  open-plans: 3\n", File.ReadAllText(real));
        Assert.Equal(real, File.ResolveLinkTarget(Place, returnFinalTarget: true)!.FullName);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(real));
    }

    [Fact]
    public void A_variable_that_wins_over_the_file_is_named()
    {
        File.WriteAllText(Place, "");
        var file = new SettingsFile(ConfigFile.Read(Place), new Dictionary<string, string> { ["PARALLAX__RISK__NETEDGEBPSMIN"] = "9", ["PARALLAX__HTTP__PORT"] = "1" });

        Assert.Equal(" But PARALLAX__RISK__NETEDGEBPSMIN in the environment wins over it at the next start.", file.WhatWins([new("limits.min-edge-bps", "4")]));
        Assert.Equal("", file.WhatWins([new("limits.open-plans", "4")]));
    }

    private string? Write(out IReadOnlyList<ChangedSetting> changes, params (string Key, string Value)[] values) =>
        new SettingsFile(ConfigFile.Read(Place), Nothing).TryWrite([.. values.Select(one => KeyValuePair.Create(one.Key, one.Value))], out changes);
}

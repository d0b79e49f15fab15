using System.CommandLine;
using Parallax.Cli.Config;

namespace Parallax.Cli.Keys;

public static class KeysVerbs
{
    /// <param name="input">What is typed; <see langword="null"/> for the terminal.</param>
    public static Command Create(ITypedInput? input = null)
    {
        var typed = input ?? new ConsoleInput();
        return Verb.Group(
            "keys",
            "Keeps the keys of venues, sealed under a passphrase. Keys are typed, never given as arguments.",
            "parallax keys add",
            AddVerb.Create(typed),
            CheckVerb.Create(typed),
            ListVerb.Create(),
            RemoveVerb.Create(typed));
    }

    internal static Option<string?> ConfigOption() => new("--config") { Description = $"Settings; {SettingSources.FileName} in the current folder without it.", HelpName = "FILE" };

    /// <summary>No argument may hold what is to be kept; the place of the vault is no secret.</summary>
    internal static Option<string?> VaultOption() => new("--vault") { Description = "The vault's file; without it the one in the user's settings folder.", HelpName = "FILE" };

    internal static KeySettings Read(string? config, string? vault) => ParallaxSettings.Load(SettingSources.Of(config) with
    {
        CommandLine = vault is null ? [] : [("--vault", SettingCatalog.KeysFile.Key, vault)],
    }).Keys;
}

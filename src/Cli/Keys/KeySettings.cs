using Parallax.Cli.Config;
using Parallax.Venues.Keys;

namespace Parallax.Cli.Keys;

/// <summary>Where keys are, as far as the settings say.</summary>
/// <param name="VaultPath">May not exist.</param>
/// <param name="Passphrase">Null: it is asked for.</param>
/// <param name="Kraken">Null: it is in the vault.</param>
/// <param name="KrakenName">In the vault.</param>
public sealed record KeySettings(string VaultPath, string? Passphrase, VenueKey? Kraken, string KrakenName)
{
    public override string ToString() => $"{VaultPath}, '{KrakenName}'";

    internal static KeySettings Of(SettingSet set) => new(
        set.Get(SettingCatalog.KeysFile) ?? KeyVault.DefaultPath,
        set.Get(SettingCatalog.KeysPassphrase),
        set.Get(SettingCatalog.KrakenApiKey) is { } key && set.Get(SettingCatalog.KrakenApiSecret) is { } secret ? new VenueKey(key, secret) : null,
        set.Get(SettingCatalog.KrakenKeyName));

    /// <summary>One half of a key is a mistake, not a key.</summary>
    internal static void CheckTogether(SettingSet set)
    {
        if (set.Get(SettingCatalog.KrakenApiKey) is not null && set.Get(SettingCatalog.KrakenApiSecret) is null)
        {
            set.Contradict(SettingCatalog.KrakenApiKey, $"its secret beside it, as {SettingCatalog.KrakenApiSecret.Key}");
        }
        else if (set.Get(SettingCatalog.KrakenApiKey) is null && set.Get(SettingCatalog.KrakenApiSecret) is not null)
        {
            set.Contradict(SettingCatalog.KrakenApiSecret, $"its key beside it, as {SettingCatalog.KrakenApiKey.Key}");
        }
    }
}

using Parallax.Cli.Config;
using Parallax.Venues.Keys;

namespace Parallax.Cli.Keys;

/// <summary>Finds a venue's key: what the settings hold (environment, <c>file:</c> reference), else the vault.</summary>
internal static class KeySource
{
    /// <param name="name">In the vault.</param>
    /// <param name="from">Where it was found, for people: never any of the key.</param>
    /// <exception cref="UserErrorException">There is no key, or the vault cannot be opened.</exception>
    public static VenueKey Find(KeySettings settings, string name, Questions questions, out string from)
    {
        if (settings.Kraken is { } told)
        {
            from = "settings";
            return told;
        }

        var path = settings.VaultPath;
        try
        {
            if (!File.Exists(path))
            {
                throw new UserErrorException($"No key for kraken is known: add one with 'parallax keys add', or set {SettingCatalog.KrakenApiKey.Key} and {SettingCatalog.KrakenApiSecret.Key} to file: references.");
            }

            var venue = KeyVault.List(path).FirstOrDefault(key => key.Name == name)?.Venue
                ?? throw new UserErrorException($"There is no key '{name}' in {path}; 'parallax keys list' shows what there is.");
            if (venue != "kraken")
            {
                throw new UserErrorException($"The key '{name}' in {path} is one of {venue}, not of kraken.");
            }

            using var vault = KeyVault.Unlock(path, settings.Passphrase ?? questions.AskSecret($"Passphrase of {path}"));
            from = $"{path}, '{name}'";
            return vault.Find(name)!;
        }
        catch (KeyVaultException wrong)
        {
            throw new UserErrorException(wrong.Message, ExitCodes.Failed, wrong);
        }
    }
}

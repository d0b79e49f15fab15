using System.CommandLine;
using Parallax.Venues.Keys;

namespace Parallax.Cli.Keys;

internal static class AddVerb
{
    public static Command Create(ITypedInput typed)
    {
        var (config, file) = (KeysVerbs.ConfigOption(), KeysVerbs.VaultOption());
        var name = new Option<string>("--name") { Description = "What the key is called here.", HelpName = "NAME", DefaultValueFactory = _ => "kraken" };
        var venue = new Option<string>("--venue") { Description = "Whose key it is: kraken.", HelpName = "venue", DefaultValueFactory = _ => "kraken" };
        venue.AcceptOnlyFromAmong("kraken");
        return Verb.Create(
            "add",
            "Seals a key. Asks for it, its secret and the vault's passphrase, and shows none of them.",
            "parallax keys add --name kraken",
            [name, venue, file, config],
            async (parsed, cancellation) =>
            {
                var settings = KeysVerbs.Read(parsed.GetValue(config), parsed.GetValue(file));
                var questions = new Questions(typed, parsed.InvocationConfiguration.Error, cancellation);
                var called = parsed.GetRequiredValue(name);
                try
                {
                    var isNew = !File.Exists(settings.VaultPath);
                    if (!isNew && KeyVault.List(settings.VaultPath).Any(other => other.Name == called))
                    {
                        throw new UserErrorException($"There is a key '{called}' in {settings.VaultPath} already; remove it first, or choose another name.");
                    }

                    var key = new VenueKey(questions.AskSecret("API key"), questions.AskSecret("Private key (secret)"));
                    RequireForm(key);
                    using var vault = isNew ? Make(settings, questions) : KeyVault.Unlock(settings.VaultPath, Passphrase(settings, questions));
                    vault.Add(called, parsed.GetRequiredValue(venue), key, TimeProvider.System.GetUtcNow());
                }
                catch (KeyVaultException wrong)
                {
                    throw new UserErrorException(wrong.Message, ExitCodes.Failed, wrong);
                }

                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"The key '{called}' is sealed in {settings.VaultPath}.\nSee what it may do: parallax keys check");
                return ExitCodes.Done;
            });
    }

    private static KeyVault Make(KeySettings settings, Questions questions)
    {
        var passphrase = settings.Passphrase ?? questions.AskSecret($"Passphrase for the new vault, {KeyVault.PassphraseLengthMin} characters or more");
        return settings.Passphrase is null && questions.IsTerminal && questions.AskSecret("The same again") != passphrase
            ? throw new UserErrorException("The two passphrases differ; nothing is changed.")
            : KeyVault.Create(settings.VaultPath, passphrase);
    }

    private static string Passphrase(KeySettings settings, Questions questions) => settings.Passphrase ?? questions.AskSecret($"Passphrase of {settings.VaultPath}");

    /// <summary>Swapped or cut halves are told now rather than by the venue. The venue's secret is base64.</summary>
    private static void RequireForm(VenueKey key)
    {
        var isSecret = Convert.TryFromBase64String(key.Secret, new byte[key.Secret.Length], out var bytes) && bytes >= 32;
        if (!isSecret || key.Key.Any(c => !char.IsAscii(c) || char.IsControl(c) || c == ' '))
        {
            throw new UserErrorException(
                $"That is not a key of kraken: {(isSecret ? "the API key is one word of plain letters" : "the private key is base64 of 32 bytes or more; was it cut, or swapped with the API key?")}; nothing is changed.");
        }
    }
}

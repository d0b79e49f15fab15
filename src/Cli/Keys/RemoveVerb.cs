using System.CommandLine;
using Parallax.Venues.Keys;

namespace Parallax.Cli.Keys;

internal static class RemoveVerb
{
    public static Command Create(ITypedInput typed)
    {
        var (config, file) = (KeysVerbs.ConfigOption(), KeysVerbs.VaultOption());
        var name = new Argument<string>("NAME") { Description = "The key's name; see 'keys list'." };
        return Verb.Create(
            "remove",
            "Removes a sealed key for good, once its name was typed again. The venue still knows the key: revoke it there, too.",
            "parallax keys remove kraken",
            [name, file, config],
            async (parsed, cancellation) =>
            {
                var settings = KeysVerbs.Read(parsed.GetValue(config), parsed.GetValue(file));
                var called = parsed.GetRequiredValue(name);
                try
                {
                    if (KeyVault.List(settings.VaultPath).All(key => key.Name != called))
                    {
                        throw new UserErrorException($"There is no key '{called}' in {settings.VaultPath}; 'parallax keys list' shows what there is.");
                    }

                    var questions = new Questions(typed, parsed.InvocationConfiguration.Error, cancellation);
                    if (questions.Ask($"Type '{called}' to remove it") != called)
                    {
                        throw new UserErrorException("Another name was typed; nothing is changed.", ExitCodes.RefusedForSafety);
                    }

                    KeyVault.Remove(settings.VaultPath, called);
                }
                catch (KeyVaultException wrong)
                {
                    throw new UserErrorException(wrong.Message, ExitCodes.Failed, wrong);
                }

                await parsed.InvocationConfiguration.Output.WriteLineAsync($"The key '{called}' is gone from {settings.VaultPath}. The venue still accepts it until it is revoked there.");
                return ExitCodes.Done;
            });
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Parallax.Cli.Output;
using Parallax.Venues.Keys;

namespace Parallax.Cli.Keys;

internal static class ListVerb
{
    public static Command Create()
    {
        var (config, file) = (KeysVerbs.ConfigOption(), KeysVerbs.VaultOption());
        var json = new Option<bool>("--json") { Description = "Print the list as JSON." };
        return Verb.Create(
            "list",
            "Shows the names of the sealed keys. Needs no passphrase.",
            "parallax keys list",
            [json, file, config],
            async (parsed, _) =>
            {
                var settings = KeysVerbs.Read(parsed.GetValue(config), parsed.GetValue(file));
                var output = parsed.InvocationConfiguration.Output;
                var keys = Read(settings.VaultPath);
                if (parsed.GetValue(json))
                {
                    await Json.WriteAsync(output, new JsonObject
                    {
                        ["vault"] = settings.VaultPath,
                        ["keys"] = new JsonArray([.. keys.Select(key => new JsonObject { ["name"] = key.Name, ["venue"] = key.Venue, ["added"] = key.AddedTime })]),
                    });
                    return ExitCodes.Done;
                }

                await output.WriteLineAsync(keys.Count == 0 ? $"No key is sealed in {settings.VaultPath}. Seal one: parallax keys add" : settings.VaultPath);
                foreach (var key in keys)
                {
                    await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {key.Name,-20} {key.Venue,-12} added {key.AddedTime:yyyy-MM-dd HH:mm} UTC"));
                }

                return ExitCodes.Done;
            });
    }

    private static IReadOnlyList<StoredKey> Read(string path)
    {
        try
        {
            return File.Exists(path) ? KeyVault.List(path) : [];
        }
        catch (KeyVaultException wrong)
        {
            throw new UserErrorException(wrong.Message, ExitCodes.Failed, wrong);
        }
    }
}

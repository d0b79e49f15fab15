using System.CommandLine;
using System.Text.Json.Nodes;
using Parallax.Cli.Config;
using Parallax.Cli.Instance;
using Parallax.Cli.Output;

namespace Parallax.Cli.Doctor;

public static class DoctorVerb
{
    /// <summary>In the order in which they are told: what is nearest first.</summary>
    private static readonly IReadOnlyList<ICheck> Checks =
    [
        new RuntimeCheck(),
        new ConfigurationCheck(),
        new PortCheck(),
        new ClockCheck(),
        new DiskCheck(),
        new DataFolderCheck(),
        new StoreCheck(),
        new VenueCheck(),
    ];

    public static Command Create()
    {
        var config = ShowVerb.FileOption();
        var data = new Option<string?>("--data") { Description = $"The data folder to look at; without it the session's that runs, or {RunningInstance.Root}/demo.", HelpName = "FOLDER" };
        var endpoint = new Option<Uri?>("--endpoint") { Description = "Where the venue is, instead of its own address.", HelpName = "http://…", CustomParser = ParseEndpoint };
        var store = new Option<string?>("--store") { Description = "Where the tables are: a file, or postgres://user:file:PATH@host/database.", HelpName = "ADDRESS" };
        var json = new Option<bool>("--json") { Description = "Print the findings as JSON." };
        return Verb.Create(
            "doctor",
            "Looks at everything a session needs, and says how to mend what is wrong. Changes nothing.",
            "parallax doctor",
            [config, data, endpoint, store, json],
            async (parsed, cancellation) =>
            {
                var (set, trouble) = Settings(parsed.GetValue(config));
                using var venue = new VenueProbe(parsed.GetValue(endpoint) ?? set.Get(SettingCatalog.KrakenEndpoint), TimeProvider.System);
                var folder = parsed.GetValue(data)
                    ?? set.Get(SettingCatalog.DataFolder)
                    ?? RunningInstance.Find(RunningInstance.FoldersIn(RunningInstance.Root))?.DataFolder
                    ?? Path.Combine(RunningInstance.Root, "demo");
                var findings = await RunAsync(
                    new Surroundings
                    {
                        Settings = set,
                        ConfigTrouble = trouble,
                        DataFolder = Path.GetFullPath(folder),
                        Instance = RunningInstance.Find([folder]),
                        Store = parsed.GetValue(store) ?? StoreSettings.Of(set).Address,
                        Venue = venue,
                        Time = TimeProvider.System,
                    },
                    cancellation);
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(json))
                {
                    await Json.WriteAsync(output, ToJson(findings));
                }
                else
                {
                    DoctorText.Write(output, findings);
                }

                return findings.Any(finding => finding.Severity == Severity.Fail) ? ExitCodes.Failed : ExitCodes.Done;
            });
    }

    private static async Task<IReadOnlyList<Finding>> RunAsync(Surroundings surroundings, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var check in Checks)
        {
            findings.AddRange(await check.RunAsync(surroundings, cancellation));
        }

        return findings;
    }

    /// <summary>A file that cannot be read leaves the environment and the defaults: the other checks still have something to look at.</summary>
    private static (SettingSet Settings, string? Trouble) Settings(string? file)
    {
        try
        {
            var set = SettingSet.Read(SettingSources.Of(file));
            ParallaxSettings.CheckTogether(set);
            return (set, null);
        }
        catch (Exception wrong) when (wrong is UserErrorException or IOException or UnauthorizedAccessException)
        {
            return (SettingSet.Read(new SettingSources { Environment = EnvironmentSettings.OfProcess() }), wrong.Message);
        }
    }

    private static Uri? ParseEndpoint(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (SettingCatalog.KrakenEndpoint.Reader(result.Tokens[0].Value, out var address))
        {
            return address;
        }

        result.AddError($"--endpoint takes {SettingCatalog.KrakenEndpoint.Takes}; found '{result.Tokens[0].Value}'.");
        return null;
    }

    private static JsonObject ToJson(IReadOnlyList<Finding> findings) => new()
    {
        ["healthy"] = findings.All(finding => finding.Severity != Severity.Fail),
        ["findings"] = new JsonArray([.. findings.Select(finding => (JsonNode)new JsonObject
        {
            ["check"] = finding.Check,
            ["severity"] = finding.Severity.ToString().ToLowerInvariant(),
            ["found"] = finding.Sentence,
            ["mend"] = finding.Mend,
        })]),
    };
}

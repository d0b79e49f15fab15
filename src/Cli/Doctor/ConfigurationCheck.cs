using Parallax.Cli.Config;

namespace Parallax.Cli.Doctor;

public sealed class ConfigurationCheck : ICheck
{
    private const string Name = "configuration";

    public Task<IReadOnlyList<Finding>> RunAsync(Surroundings surroundings, CancellationToken cancellation)
    {
        const string Mend = "mend the line; 'parallax config validate' checks it again";
        var set = surroundings.Settings;
        var findings = new List<Finding>();
        if (surroundings.ConfigTrouble is { } trouble)
        {
            findings.Add(Finding.Fail(Name, trouble, Mend));
        }

        findings.AddRange(set.Mistakes.Select(mistake => Finding.Fail(Name, mistake, Mend)));
        findings.AddRange(set.Notes.Select(note => Finding.Warn(Name, note, "see docs/concepts/configuration.md")));
        if (findings.Count == 0)
        {
            var changed = set.All().Count(value => value.Origin.Kind != OriginKind.Default);
            findings.Add(Finding.Ok(Name, changed == 0 ? "The defaults; nothing is set." : $"Valid, {changed} set and the rest as by default."));
        }

        return Task.FromResult<IReadOnlyList<Finding>>(findings);
    }
}

using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Parallax.Cli;

public static class VersionVerb
{
    public static Command Create() => Verb.Create(
        "version",
        "Prints the version of Parallax, of the runtime and of the system.",
        "parallax version",
        [],
        async (parsed, _) =>
        {
            var version = typeof(VersionVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                $"parallax {version} · {RuntimeInformation.FrameworkDescription} · {RuntimeInformation.RuntimeIdentifier}");
            return ExitCodes.Done;
        });
}

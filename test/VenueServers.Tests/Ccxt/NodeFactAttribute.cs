using Parallax.Testing;

namespace Parallax.VenueServers.Tests.Ccxt;

/// <summary>A test that needs node and npm: skipped where they are absent, failing where everything is required.</summary>
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (!SharedData.IsRequired && !(IsOnPath("node") && IsOnPath("npm")))
        {
            Skip = "No node and npm on the path.";
        }
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}

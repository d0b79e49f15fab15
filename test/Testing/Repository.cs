using System.Reflection;

namespace Parallax.Testing;

/// <summary>The checkout these tests were built from, wherever their outputs lie.</summary>
public static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static string Source => Path.Combine(Root, "src");
}

namespace Parallax.Testing;

/// <summary>Finds the folder of recorded markets, protocol fixtures and vectors.</summary>
/// <remarks>
/// <c>PARALLAX_SHARED</c> names it; without that variable it is <c>shared</c> beside the checkout. A bare clone has none, and the tests
/// that need it are skipped, unless <c>PARALLAX_REQUIRE_ALL=1</c> says that a missing part is a failure (as in CI).
/// </remarks>
public static class SharedData
{
    /// <summary>The folder, or <see langword="null"/> where there is none.</summary>
    public static string? Root { get; } = Find();

    public static bool IsRequired { get; } = Environment.GetEnvironmentVariable("PARALLAX_REQUIRE_ALL") == "1";

    /// <summary>Why a test that needs the folder is skipped; <see langword="null"/> when it runs.</summary>
    public static string? SkipReason =>
        Root is not null || IsRequired ? null : "No shared data: set PARALLAX_SHARED to the folder with venues/, strategies/ and data/.";

    /// <summary>The path of a file or folder below the shared folder.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no shared folder.</exception>
    public static string Path(params string[] parts) =>
        System.IO.Path.Combine([Root ?? throw new DirectoryNotFoundException("PARALLAX_SHARED names no folder."), .. parts]);

    /// <summary>Every file of a folder whose name starts with a prefix, sorted; empty when the folder is absent.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        if (Root is null || !Directory.Exists(System.IO.Path.Combine(Root, folder)))
        {
            return [];
        }

        return Directory.EnumerateFiles(System.IO.Path.Combine(Root, folder), pattern).Order(StringComparer.Ordinal);
    }

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("PARALLAX_SHARED");
        if (!string.IsNullOrEmpty(named))
        {
            return Directory.Exists(named) ? System.IO.Path.GetFullPath(named) : null;
        }

        var beside = System.IO.Path.GetFullPath(System.IO.Path.Combine(Repository.Root, "..", "shared"));
        return Directory.Exists(beside) ? beside : null;
    }
}

/// <summary>A test that needs the shared folder: skipped where it is absent, failing where it is required.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute() => Skip = SharedData.SkipReason;
}

/// <summary>A theory over files of the shared folder: skipped where it is absent, failing where it is required.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute() => Skip = SharedData.SkipReason;
}

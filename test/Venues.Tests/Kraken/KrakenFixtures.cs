using Parallax.Testing;

namespace Parallax.Venues.Tests.Kraken;

/// <summary>Finds the recorded Kraken messages by prefix, so that another capture is tested by dropping it in.</summary>
internal static class KrakenFixtures
{
    private const string Folder = "venues/fixtures/kraken";

    public static TheoryData<string> Files(string pattern) => [.. SharedData.Files(Folder, pattern).Select(path => Path.GetFileName(path))];

    public static string PathOf(string file) => SharedData.Path(Folder, file);

    public static byte[] Read(string file) => File.ReadAllBytes(PathOf(file));
}

using System.Text.Json;
using Parallax.Testing;

namespace Parallax.Venues.Tests.Kraken;

/// <summary>Finds the recorded Kraken messages by prefix, so that another capture is tested by dropping it in.</summary>
internal static class KrakenFixtures
{
    public const string Folder = "venues/fixtures/kraken";
    public const string Protocol = "data/protocol-fixtures/kraken";

    public static TheoryData<string> Files(string pattern, string folder = Folder) => [.. Names(pattern, folder)];

    public static IEnumerable<string> Names(string pattern, string folder = Folder) =>
        SharedData.Files(folder, pattern).Select(path => Path.GetFileName(path));

    /// <summary>One row a case of files that hold a list of named cases.</summary>
    public static TheoryData<string, int, string> Cases(string pattern)
    {
        var cases = new TheoryData<string, int, string>();
        foreach (var path in SharedData.Files(Folder, pattern))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            for (var i = 0; i < document.RootElement.GetArrayLength(); i++)
            {
                cases.Add(Path.GetFileName(path), i, document.RootElement[i].TryGetProperty("name", out var name) ? name.GetString()! : $"{i}");
            }
        }

        return cases;
    }

    public static string PathOf(string file, string folder = Folder) => SharedData.Path(folder, file);

    public static byte[] Read(string file, string folder = Folder) => File.ReadAllBytes(PathOf(file, folder));

    /// <summary>The messages of a file: one a line, a list of them with their directions, or one alone.</summary>
    public static IEnumerable<(string Direction, byte[] Frame)> Frames(string file, string folder = Folder)
    {
        if (file.EndsWith(".jsonl", StringComparison.Ordinal))
        {
            return File.ReadLines(PathOf(file, folder)).Where(line => line.Length > 0).Select(line => ("message", System.Text.Encoding.UTF8.GetBytes(line)));
        }

        using var document = JsonDocument.Parse(Read(file, folder));
        return document.RootElement.ValueKind != JsonValueKind.Array
            ? [("message", Read(file, folder))]
            : [.. document.RootElement.EnumerateArray().Select(step =>
                (step.GetProperty("dir").GetString()!, System.Text.Encoding.UTF8.GetBytes(step.GetProperty("json").GetRawText())))];
    }
}

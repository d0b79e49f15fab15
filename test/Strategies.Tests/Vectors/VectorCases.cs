using System.Text.Json;
using Parallax.Testing;

namespace Parallax.Strategies.Tests.Vectors;

/// <summary>The cases of every vector file with a prefix, one row a case.</summary>
public static class VectorCases
{
    public static TheoryData<string, string> Rows(string prefix)
    {
        var rows = new TheoryData<string, string>();
        foreach (var file in SharedData.Files(Path.Combine("strategies", "vectors"), prefix + "*.json"))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var item in document.RootElement.GetProperty("cases").EnumerateArray())
            {
                rows.Add(Path.GetFileName(file), item.GetProperty("id").GetString()!);
            }
        }

        return rows;
    }

    public static JsonElement Case(string file, string id)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("strategies", "vectors", file)));
        return document.RootElement.GetProperty("cases").EnumerateArray().Single(item => item.GetProperty("id").GetString() == id).Clone();
    }
}

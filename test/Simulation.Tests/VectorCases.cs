using System.Globalization;
using System.Text.Json;
using Parallax.Testing;

namespace Parallax.Simulation.Tests;

/// <summary>Cases of strategies/vectors: a row a (file, case), so that each is named when it fails.</summary>
internal static class VectorCases
{
    public static TheoryData<string, string> Of(string pattern)
    {
        var rows = new TheoryData<string, string>();
        foreach (var path in SharedData.Files("strategies/vectors", pattern))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (var item in document.RootElement.GetProperty("cases").EnumerateArray())
            {
                rows.Add(Path.GetFileName(path), item.GetProperty("id").GetString()!);
            }
        }

        return rows;
    }

    public static (JsonElement Input, JsonElement Expected) Load(string file, string id)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("strategies", "vectors", file)));
        var found = document.RootElement.GetProperty("cases").EnumerateArray().Single(item => item.GetProperty("id").GetString() == id);
        return (found.GetProperty("input").Clone(), found.GetProperty("expected").Clone());
    }

    /// <summary>A decimal, written as text or as a number.</summary>
    public static decimal Decimal(this JsonElement element) => element.ValueKind == JsonValueKind.String
        ? decimal.Parse(element.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture)
        : element.GetDecimal();

    public static decimal Decimal(this JsonElement element, string property) => element.GetProperty(property).Decimal();

    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString()!;

    /// <summary>Milliseconds, whole or not, as nanoseconds.</summary>
    public static long Nanos(this JsonElement element, string property) => (long)(element.Decimal(property) * 1_000_000m);
}

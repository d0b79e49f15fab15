using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Parallax.Testing;

namespace Parallax.Venues.Tests.Kraken;

/// <summary>Recorded messages of Kraken, found by prefix in both folders that hold some.</summary>
internal static class VenueFiles
{
    private static readonly string[] Folders = ["venues/fixtures/kraken", "data/protocol-fixtures/kraken"];

    /// <summary>Paths below the shared folder.</summary>
    public static TheoryData<string> WithPrefix(params string[] prefixes) =>
        [.. Folders.SelectMany(folder => prefixes.SelectMany(prefix => SharedData.Files(folder, prefix + "*").Select(path => $"{folder}/{Path.GetFileName(path)}")))];

    public static byte[] Read(string file)
    {
        var path = SharedData.Path(file);
        if (!file.EndsWith(".gz", StringComparison.Ordinal))
        {
            return File.ReadAllBytes(path);
        }

        using var unpacked = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        unpacked.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The frames of a file: one JSON object, a list of <c>{dir,json}</c>, or one object a line.</summary>
    public static IReadOnlyList<RecordedFrame> Frames(string file)
    {
        var text = Read(file);
        if (file.Contains(".jsonl", StringComparison.Ordinal))
        {
            return [.. Encoding.UTF8.GetString(text).Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => new RecordedFrame("", Encoding.UTF8.GetBytes(line)))];
        }

        using var document = JsonDocument.Parse(text);
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? [.. document.RootElement.EnumerateArray().Select(entry => new RecordedFrame(entry.GetProperty("dir").GetString()!, Bytes(entry.GetProperty("json"))))]
            : [new RecordedFrame("", text)];
    }

    private static byte[] Bytes(JsonElement element) => Encoding.UTF8.GetBytes(element.GetRawText());
}

/// <param name="Direction">Empty when the file does not say.</param>
internal sealed record RecordedFrame(string Direction, byte[] Text);

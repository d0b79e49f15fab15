using System.Globalization;
using Parallax.Journal.Files;

namespace Parallax.Journal.Chain;

/// <summary>One file of a journal: <c>00000001.journal</c> and on.</summary>
internal readonly record struct SegmentFile(int Number, string Path)
{
    public const string Extension = ".journal";

    public static string Name(int number) => number.ToString("D8", CultureInfo.InvariantCulture) + Extension;

    /// <summary>The segments of a folder in order; empty when there are none.</summary>
    public static SegmentFile[] In(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*" + Extension).Select(Of).Where(file => file.Number > 0).OrderBy(file => file.Number)];

    /// <summary>What a user's path names: a journal's folder, or one of its segments alone.</summary>
    /// <exception cref="UnreadableFileException">There is no such path, no segment in the folder, or it may not be listed.</exception>
    public static SegmentFile[] Find(string path)
    {
        if (File.Exists(path))
        {
            return [Of(path)];
        }

        try
        {
            var found = Directory.Exists(path) ? In(path) : throw new UnreadableFileException(path, $"There is no journal {path}.");
            return found.Length > 0 ? found : throw new UnreadableFileException(path, $"{path} holds no journal: a journal's folder has a file {Name(1)}.");
        }
        catch (UnauthorizedAccessException wrong)
        {
            throw new UnreadableFileException(path, $"{path} may not be read: access is denied.", wrong);
        }
    }

    // Zero for any other name, which a user may give to a single segment.
    private static SegmentFile Of(string path)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        return new(name.Length == 8 && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0, path);
    }
}

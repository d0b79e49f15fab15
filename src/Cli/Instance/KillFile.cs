using Parallax.Journal.Files;

namespace Parallax.Cli.Instance;

/// <summary>The stop that needs no server: a file <c>KILL</c> in the data folder, with the reason in it.</summary>
/// <remarks>It also holds over a restart: a session that starts beside it opens no plan until somebody resumes.</remarks>
public sealed class KillFile(string dataFolder)
{
    public const string Name = "KILL";

    public const int ReasonLengthMax = 200;

    private const string NoReason = "a KILL file without a reason";

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetFullPath(dataFolder), Name);

    public bool Exists => File.Exists(Path);

    /// <exception cref="IOException">It could not be written.</exception>
    public void Write(string reason) => WholeFile.Write(Path, reason + "\n", isPrivate: false);

    /// <summary>Nothing happens when there is none.</summary>
    /// <exception cref="IOException">It could not be removed.</exception>
    public void Remove()
    {
        // Deleting in a folder that is not there is no success and no failure either.
        if (Exists)
        {
            File.Delete(Path);
        }
    }

    /// <returns>Null when there is no file. One that cannot be read stops all the same: anybody may have made it, in a hurry.</returns>
    public string? ReadReason()
    {
        if (!Exists)
        {
            return null;
        }

        try
        {
            using var reader = new StreamReader(Path);
            Span<char> start = stackalloc char[ReasonLengthMax];
            var text = new string(start[..reader.ReadBlock(start)]);
            var line = text.Split('\n', 2)[0].Trim();
            return line.Length > 0 && !line.Any(char.IsControl) ? line : NoReason;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return NoReason;
        }
    }
}

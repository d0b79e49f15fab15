namespace Parallax.Cli.Options;

/// <summary>Checks of paths a user names, before any work begins.</summary>
public static class InputFile
{
    /// <exception cref="UserErrorException">The path is missing or a folder.</exception>
    public static string Existing(string path)
    {
        if (Directory.Exists(path))
        {
            throw new UserErrorException($"Expected a file; '{path}' is a folder.");
        }

        return File.Exists(path) ? path : throw new UserErrorException($"There is no file '{path}'.");
    }
}

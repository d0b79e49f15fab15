using System.IO.Compression;
using System.Text;

namespace Parallax.Venues.Tests.Recordings;

/// <summary>A folder of its own for one test class instance, gone afterwards.</summary>
public sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parallax-");

    public string Path => _folder.FullName;

    public string File(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        System.IO.File.WriteAllBytes(File(name), bytes);
        return File(name);
    }

    public string WriteGzip(string name, byte[] bytes)
    {
        using var packed = new GZipStream(System.IO.File.Create(File(name)), CompressionLevel.Fastest);
        packed.Write(bytes);
        return File(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

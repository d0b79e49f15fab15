namespace Parallax.Journey.Tests;

/// <summary>An empty data folder that goes with its test.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("parallax-journey-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

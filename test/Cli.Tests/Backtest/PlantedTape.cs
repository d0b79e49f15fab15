using Parallax.Domain;
using Parallax.Journal.Tapes;
using Parallax.Simulation.Scripted;

namespace Parallax.Cli.Tests.Backtest;

/// <summary>A folder of its own with the tape of the planted triangle in it: one plan, 113.24636 USDT, at 10 bps and without latency.</summary>
internal sealed class PlantedTape : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-").FullName;

    public PlantedTape()
    {
        using var tape = new TapeWriter(Path);
        PlantedTriangle.Write(new PlantedTriangleTerms()).WriteTo(tape);
    }

    public string Path => File("planted.tape");

    public string File(string name) => System.IO.Path.Combine(_folder, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    /// <summary>A command line of a backtest that finds the known plan, and more options.</summary>
    public string[] Backtest(params string[] more) =>
        ["backtest", Path, "--capital", $"USDT={Decimals.Plain(PlantedTriangle.Capital)}", "--fee-bps", "10", "--latency-ms", "0", .. more];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

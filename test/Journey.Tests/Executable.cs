using System.Diagnostics;

namespace Parallax.Journey.Tests;

/// <summary>The built <c>parallax</c>, started as people start it: a process of its own.</summary>
internal static class Executable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Runs one verb to its end.</summary>
    /// <exception cref="TimeoutException">It did not end within a minute; it was ended then.</exception>
    public static async Task<Run> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            process.Kill();
            throw;
        }

        return new Run(process.ExitCode, await output, await error);
    }

    /// <summary>Starts it with its output and errors redirected.</summary>
    /// <remarks>A background job of a script ignores Ctrl-C, and so do its children: <c>env</c> gives them back what a terminal has.</remarks>
    public static Process Start(params string[] arguments) => Start([], arguments);

    /// <inheritdoc cref="Start(string[])"/>
    /// <param name="environment">Besides this process's own.</param>
    public static Process Start(IReadOnlyList<(string Name, string Value)> environment, params string[] arguments)
    {
        string[] dotnet = [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "parallax.dll"), .. arguments];
        string[] line = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", .. dotnet] : dotnet;
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    internal sealed record Run(int ExitCode, string Output, string Error)
    {
        /// <summary>Its output, when it ended well.</summary>
        public string Done()
        {
            Assert.True(ExitCode == 0, $"It ended with {ExitCode}: {Output}{Error}");
            return Output;
        }
    }
}

using Parallax.Cli.Keys;

namespace Parallax.Cli.Tests;

/// <summary>Runs command lines in this process and keeps what they print.</summary>
internal static class CommandLine
{
    public static Task<Run> RunAsync(params string[] args) => RunAsync(null, args);

    /// <param name="typed">What is typed; <see langword="null"/> where nothing is asked.</param>
    public static async Task<Run> RunAsync(ITypedInput? typed, string[] args, CancellationToken cancellation = default)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await ParallaxCli.RunAsync(args, output, error, typed, cancellation);
        return new Run(exitCode, output.ToString(), error.ToString());
    }

    internal sealed record Run(int ExitCode, string Output, string Error)
    {
        /// <summary>The run failed with one sentence a user can act on: no stack trace, no type names, no second paragraph.</summary>
        public void IsOneSentence(int exitCode, params string[] saying)
        {
            Assert.Equal(exitCode, ExitCode);
            var lines = Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.StartsWith("parallax: ", lines[0], StringComparison.Ordinal);
            Assert.True(lines.Length == 1 || (lines.Length == 2 && lines[1].StartsWith("Try: ", StringComparison.Ordinal)), Error);
            Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
            Assert.All(saying, text => Assert.Contains(text, lines[0], StringComparison.Ordinal));
        }
    }
}

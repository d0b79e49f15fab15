using System.CommandLine;

namespace Parallax.Cli.Tests;

public sealed class HelpTests
{
    public static TheoryData<string> Verbs()
    {
        var paths = new TheoryData<string>();
        Walk(ParallaxCli.CreateRoot(), "", paths);
        return paths;
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Every_verb_explains_itself_with_an_example(string path)
    {
        var run = await CommandLine.RunAsync([.. path.Split(' '), "--help"]);

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("Example:\n  parallax " + path.Split(' ')[0], run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void The_example_of_every_verb_is_a_legal_command_line(string path)
    {
        var root = ParallaxCli.CreateRoot();
        Command verb = root;
        foreach (var name in path.Split(' '))
        {
            verb = verb.Subcommands.Single(child => child.Name == name);
        }

        var example = Assert.IsType<Verb>(verb).Example;

        Assert.StartsWith("parallax ", example, StringComparison.Ordinal);
        Assert.Empty(root.Parse(example["parallax ".Length..]).Errors);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_option_and_argument_says_what_it_is(string path)
    {
        Command verb = ParallaxCli.CreateRoot();
        foreach (var name in path.Split(' '))
        {
            verb = verb.Subcommands.Single(child => child.Name == name);
        }

        Assert.All(verb.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), $"{path} {option.Name}"));
        Assert.All(verb.Arguments, argument => Assert.False(string.IsNullOrWhiteSpace(argument.Description), $"{path} {argument.Name}"));
    }

    [Fact]
    public async Task Without_arguments_the_verbs_are_listed()
    {
        var run = await CommandLine.RunAsync();

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("backtest", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_verb_is_named()
    {
        var run = await CommandLine.RunAsync("backtset");

        run.IsOneSentence(ExitCodes.WrongUsage, "'backtset'");
    }

    [Fact]
    public async Task An_unknown_option_is_named()
    {
        var run = await CommandLine.RunAsync("version", "--loud");

        run.IsOneSentence(ExitCodes.WrongUsage, "'--loud'");
    }

    [Fact]
    public async Task Version_names_the_product_and_its_runtime()
    {
        var run = await CommandLine.RunAsync("version");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Matches(@"^parallax \d+\.\d+\.\d+\S* · \.NET 10\.", run.Output);
    }

    private static void Walk(Command command, string path, TheoryData<string> paths)
    {
        foreach (var verb in command.Subcommands)
        {
            var name = $"{path} {verb.Name}".Trim();
            paths.Add(name);
            Walk(verb, name, paths);
        }
    }
}

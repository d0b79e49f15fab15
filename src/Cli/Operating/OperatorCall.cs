using System.CommandLine;
using System.Text.Json.Nodes;
using Parallax.Cli.Instance;
using Parallax.Cli.Keys;
using Parallax.Cli.Output;

namespace Parallax.Cli.Operating;

/// <summary>One call on a running session: finds it, asks it, and ends in a sentence and an exit code.</summary>
internal sealed class OperatorCall(RunningInstance instance, TextWriter output, CancellationToken cancellation) : IDisposable
{
    public SessionClient Client { get; } = new(instance.Address, instance.ReadToken(), TimeSpan.FromSeconds(10));

    public static OperatorCall Begin(InstanceOptions instances, ParseResult parsed, CancellationToken cancellation) =>
        new(instances.Require(parsed), parsed.InvocationConfiguration.Output, cancellation);

    /// <summary><c>--json</c>, for the verbs that print a list.</summary>
    public static Option<bool> JsonOption() => new("--json") { Description = "Print the answer as JSON." };

    /// <summary><c>--confirm</c>: the words, for whoever does not type them at the question.</summary>
    public static Option<string?> ConfirmOption(string example) => new("--confirm")
    {
        Description = $"The words that are asked for otherwise, such as \"{example}\". They hold the amount.",
        HelpName = "WORDS",
    };

    /// <summary>Prints a list of the session as JSON, or by the verb's own hand.</summary>
    public async Task<int> ListAsync<T>(string path, bool isJson, Func<T, Task> write)
    {
        var answer = await Client.GetAsync(path, cancellation);
        var read = SessionJson.Read<T>(answer);
        await (isJson ? Json.WriteAsync(output, JsonNode.Parse(answer.Text)!) : write(read));
        return ExitCodes.Done;
    }

    /// <summary>Has something done and prints what came of it.</summary>
    /// <param name="undone">The beginning of the sentence when it was not: <c>Nothing is accepted</c>.</param>
    /// <exception cref="UserErrorException">It was not done.</exception>
    public async Task<int> DoAsync(string command, string reason, string undone, params (string Name, object? Value)[] more) =>
        await SayAsync(await Client.CommandAsync(command, reason, cancellation, more), undone);

    /// <inheritdoc cref="DoAsync"/>
    public async Task<int> SendAsync(HttpMethod method, string path, string undone, Dictionary<string, object?> body) =>
        await SayAsync(await Client.SendAsync(method, path, body, cancellation), undone);

    /// <summary>The words that confirm it: given on the command line, or typed now, after what will happen was said.</summary>
    /// <exception cref="UserErrorException">Nobody is there to type them, or other words were typed.</exception>
    public async Task<string> ConfirmAsync(string words, string? given, string whatHappens, ITypedInput? typed, TextWriter error)
    {
        if (given is not null)
        {
            return given;
        }

        var questions = new Questions(typed ?? new ConsoleInput(), error, cancellation);
        if (!questions.IsTerminal && typed is null)
        {
            throw new UserErrorException($"It was not confirmed; nothing is changed. Add --confirm \"{words}\".", ExitCodes.RefusedForSafety);
        }

        await output.WriteLineAsync($"{whatHappens}\nTo confirm, type:  {words}");
        await output.FlushAsync(cancellation);
        return questions.Ask("Confirmation");
    }

    public void Dispose() => Client.Dispose();

    private async Task<int> SayAsync(SessionAnswer answer, string undone)
    {
        if (!answer.IsDone)
        {
            throw new UserErrorException($"{undone}: {answer.Sentence}", answer.IsAnswered ? ExitCodes.RefusedForSafety : ExitCodes.Failed);
        }

        await output.WriteLineAsync($"{instance.Mode}: {answer.Sentence}");
        return ExitCodes.Done;
    }
}

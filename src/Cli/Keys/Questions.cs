namespace Parallax.Cli.Keys;

/// <summary>Asks on standard error, so that standard output stays what the verb prints, and takes one line an answer.</summary>
internal sealed class Questions(ITypedInput input, TextWriter error, CancellationToken cancellation)
{
    public bool IsTerminal => input.IsTerminal;

    /// <exception cref="UserErrorException">Nothing was answered.</exception>
    public string Ask(string question) => Answered(question, input.ReadLine);

    /// <summary>What is typed is not shown.</summary>
    /// <exception cref="UserErrorException">Nothing was answered.</exception>
    public string AskSecret(string question)
    {
        var answer = Answered(question, input.ReadSecret);
        if (input.IsTerminal)
        {
            error.WriteLine();
        }

        return answer;
    }

    private string Answered(string question, Func<CancellationToken, string?> read)
    {
        if (input.IsTerminal)
        {
            error.Write($"{question}: ");
            error.Flush();
        }

        return read(cancellation)?.Trim() is { Length: > 0 } answer
            ? answer
            : throw new UserErrorException($"{question}: nothing was typed; nothing is changed.");
    }
}

using System.CommandLine;
using Parallax.Cli.Output;
using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Reporting.Journals;

namespace Parallax.Cli.Journals;

public static class ShowVerb
{
    public static Command Create()
    {
        var path = JournalVerbs.PathArgument();
        var kinds = new Option<string[]>("--kind")
        {
            Description = $"Only these records: {string.Join(", ", RecordDescription.Names)}. Repeat or separate by commas.",
            HelpName = "name",
        };
        var limit = new Option<long>("--limit") { Description = "Stop after so many records; 0 shows all.", DefaultValueFactory = _ => 0 };
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        return Verb.Create(
            "show",
            "Prints the records of a journal, one a line.",
            "parallax journal show run.journal --kind plan-opened,plan-closed",
            [path, kinds, limit, json],
            (parsed, cancellation) => RunAsync(
                JournalVerbs.Existing(parsed.GetRequiredValue(path)),
                Names(parsed.GetValue(kinds) ?? []),
                parsed.GetValue(limit),
                parsed.GetValue(json),
                parsed.InvocationConfiguration.Output,
                cancellation));
    }

    private static HashSet<string> Names(IEnumerable<string> values)
    {
        var names = values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToHashSet();
        return names.FirstOrDefault(name => !RecordDescription.Names.Contains(name)) is { } unknown
            ? throw new UserErrorException(
                $"--kind takes names of records ({string.Join(", ", RecordDescription.Names)}); found '{unknown}'.", ExitCodes.WrongUsage)
            : names;
    }

    private static async Task<int> RunAsync(
        string path, HashSet<string> names, long limit, bool asJson, TextWriter output, CancellationToken cancellation)
    {
        using var journal = JournalReader.Open(path);
        var shown = 0L;
        while (Next(journal, names, asJson) is { } line)
        {
            cancellation.ThrowIfCancellationRequested();
            await output.WriteLineAsync(line);
            if (++shown == limit)
            {
                break;
            }
        }

        return ExitCodes.Done;
    }

    private static string? Next(JournalReader journal, HashSet<string> names, bool asJson)
    {
        while (journal.TryRead(out var record))
        {
            var name = RecordDescription.Name(record.Header.Kind);
            if (names.Count == 0 || names.Contains(name))
            {
                return asJson
                    ? Json.Line(RecordDescription.Json(record))
                    : $"{record.Header.Sequence,8}  {new UtcNanos(record.Header.ReceivedTime)}  {name,-19}  {RecordDescription.Line(record)}";
            }
        }

        return null;
    }
}

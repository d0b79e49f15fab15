using System.CommandLine;
using System.Globalization;
using Parallax.Journal.Chain;
using Parallax.Reporting.Plans;

namespace Parallax.Cli.Journals;

public static class ExplainVerb
{
    public static Command Create()
    {
        var plan = new Argument<string>("plan") { Description = "The plan's number, counted from 1 in each session; or session and number, 2-7, as status and page write it." };
        var path = JournalVerbs.PathArgument();
        var session = new Option<int?>("--session") { Description = "The session the plan belongs to; the newest with such a plan by default.", HelpName = "number" };
        return Verb.Create(
            "explain",
            "Tells the whole story of one plan: books seen, edge, orders, fills, postings, reasons.",
            "parallax journal explain 1 run.journal",
            [plan, path, session],
            async (parsed, _) =>
            {
                var (inSession, number) = Named(parsed.GetRequiredValue(plan), parsed.GetValue(session));
                var folder = JournalVerbs.Existing(parsed.GetRequiredValue(path));
                using var journal = JournalReader.Open(folder);
                var story = PlanStory.Find(journal, number, inSession)
                    ?? throw new UserErrorException($"The journal '{folder}' holds no plan {number}; 'parallax journal show --kind plan-opened' lists them.");
                await PlanText.WriteAsync(parsed.InvocationConfiguration.Output, story);
                return ExitCodes.Done;
            });
    }

    private static (int? Session, int Number) Named(string text, int? session)
    {
        var parts = text.Split('-');
        var numbers = parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
        if (numbers.Length > 2 || numbers.Any(number => number < 1))
        {
            throw new UserErrorException($"A plan is named by its number from 1, such as 7, or by session and number, such as 2-7; found '{text}'.", ExitCodes.WrongUsage);
        }

        if (numbers.Length == 1)
        {
            return (session, numbers[0]);
        }

        return session is null || session == numbers[0]
            ? (numbers[0], numbers[1])
            : throw new UserErrorException($"Plan '{text}' is of session {numbers[0]}, and --session says {session}.", ExitCodes.WrongUsage);
    }
}

using System.CommandLine;
using System.Globalization;
using Parallax.Journal.Chain;
using Parallax.Reporting.Plans;

namespace Parallax.Cli.Journals;

public static class ExplainVerb
{
    public static Command Create()
    {
        var plan = new Argument<string>("plan") { Description = "The plan's number, counted from 1 in each session." };
        var path = JournalVerbs.PathArgument();
        var session = new Option<int?>("--session") { Description = "The session the plan belongs to; the newest with such a plan by default.", HelpName = "number" };
        return Verb.Create(
            "explain",
            "Tells the whole story of one plan: books seen, edge, orders, fills, postings, reasons.",
            "parallax journal explain 1 run.journal",
            [plan, path, session],
            async (parsed, _) =>
            {
                var text = parsed.GetRequiredValue(plan);
                if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
                {
                    throw new UserErrorException($"A plan is named by its number from 1; found '{text}'.", ExitCodes.WrongUsage);
                }

                var folder = JournalVerbs.Existing(parsed.GetRequiredValue(path));
                using var journal = JournalReader.Open(folder);
                var story = PlanStory.Find(journal, number, parsed.GetValue(session))
                    ?? throw new UserErrorException($"The journal '{folder}' holds no plan {number}; 'parallax journal show --kind plan-opened' lists them.");
                await PlanText.WriteAsync(parsed.InvocationConfiguration.Output, story);
                return ExitCodes.Done;
            });
    }
}

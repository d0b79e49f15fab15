using System.CommandLine;
using System.Data.Common;
using Parallax.Storage;

namespace Parallax.Cli.Stores;

public static class StoreVerbs
{
    public static Command Create() => Verb.Group(
        "store",
        "The tables that people ask: a projection of the journal, in SQLite or PostgreSQL.",
        "parallax store check --journal run.journal",
        RebuildVerb.Create(),
        CheckVerb.Create());

    internal static Option<string> JournalOption() => new("--journal") { Description = "The journal's folder.", Required = true, HelpName = "FOLDER" };

    internal static Option<string?> AddressOption() => new("--store")
    {
        Description = "A SQLite file, or postgres://user:password@host:port/database, where the password may be file:PATH. Default: parallax.db beside the journal.",
        HelpName = "ADDRESS",
    };

    /// <summary>Opens the store and does something with it; what a user can mend becomes one sentence.</summary>
    /// <exception cref="UserErrorException">There is no such journal, the address is none, or the database cannot be used.</exception>
    internal static T With<T>(string journal, string? address, Func<Store, T> act)
    {
        if (!Directory.Exists(journal))
        {
            throw new UserErrorException($"There is no journal folder '{journal}'.");
        }

        try
        {
            using var store = Store.Open(address is null ? StoreAddress.BesideJournal(journal) : StoreAddress.Parse(address));
            try
            {
                return act(store);
            }
            catch (DbException wrong)
            {
                throw new UserErrorException(store.Describe(wrong), inner: wrong);
            }
        }
        catch (StoreException wrong)
        {
            throw new UserErrorException(wrong.Message, inner: wrong);
        }
    }
}

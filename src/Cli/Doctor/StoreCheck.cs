using System.Data.Common;
using Parallax.Cli.Config;
using Parallax.Storage;
using StoreAddress = Parallax.Storage.StoreAddress;

namespace Parallax.Cli.Doctor;

/// <summary>Whether the tables can be opened and are of this program's version.</summary>
public sealed class StoreCheck : ICheck
{
    private const string Name = "store";
    private const string Mend = "start the database, or mend --store or store.address; without any the tables are kept in parallax.db";

    public Task<IReadOnlyList<Finding>> RunAsync(Surroundings surroundings, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Finding>>([Look(surroundings)]);

    private static Finding Look(Surroundings surroundings)
    {
        if (surroundings.Store is { } given && !SettingCatalog.Store.IsLegal(given))
        {
            return Finding.Fail(Name, $"A store is {SettingCatalog.Store.Takes}; found '{SettingCatalog.Store.Shown(given)}'.", Mend);
        }

        try
        {
            var address = StoreAddress.Parse(surroundings.Store ?? Path.Combine(surroundings.DataFolder, "parallax.db"));
            if (address.Path is { } path && !File.Exists(path))
            {
                return Finding.Ok(Name, $"No tables in {path} yet; the first session makes them.");
            }

            using var store = Store.Open(address);
            try
            {
                var (applied, known) = store.Version();
                return applied switch
                {
                    0 => Finding.Ok(Name, $"{address} opens and is empty; the first session makes its tables."),
                    _ when applied < known => Finding.Ok(Name, $"{address} opens; {known - applied} of its {known} migrations are made at the next start."),
                    _ when applied > known => Finding.Fail(Name, $"{address} has tables of a newer version ({applied}, this program knows {known}).", "use the newer program, or another database"),
                    _ => Finding.Ok(Name, $"{address} opens and is up to date."),
                };
            }
            catch (DbException wrong)
            {
                return Finding.Fail(Name, store.Describe(wrong), Mend);
            }
        }
        catch (StoreException wrong)
        {
            return Finding.Fail(Name, wrong.Message, Mend);
        }
    }
}

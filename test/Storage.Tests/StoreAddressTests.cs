using System.Data.Common;

namespace Parallax.Storage.Tests;

public sealed class StoreAddressTests
{
    [Fact]
    public void A_path_is_a_SQLite_file() => Assert.Equal(Path.GetFullPath("here/x.db"), StoreAddress.Parse("here/x.db").Path);

    [Theory]
    [InlineData("runs/today/journal")]
    [InlineData("runs/today/journal/")]
    public void The_database_of_a_journal_lies_beside_its_folder(string journal) =>
        Assert.Equal(Path.GetFullPath("runs/today/parallax.db"), StoreAddress.BesideJournal(journal).Path);

    [Theory]
    [InlineData("postgres://trader:a%3Ab%40c@db.example:6432/px", "trader", "a:b@c", "db.example", 6432, "px")]
    [InlineData("postgresql://trader@db/px", "trader", "", "db", 5432, "px")]
    [InlineData("postgres://trader:x@%2Frun%2Fpostgresql/px", "trader", "x", "/run/postgresql", 5432, "px")]
    public void A_PostgreSQL_address_has_its_parts(string text, string user, string password, string host, int port, string database)
    {
        var address = StoreAddress.Parse(text);

        Assert.Equal((null, user, password, host, port, database), (address.Path, address.User, address.Password, address.Host, address.Port, address.Database));
    }

    [Theory]
    [InlineData("")]
    [InlineData("mysql://u:secret@h/d")]
    [InlineData("postgres://")]
    [InlineData("postgres://u:secret@h")]
    [InlineData("postgres://u:secret@h/")]
    [InlineData("postgres://h/d")]
    [InlineData("postgres://u:secret@h:0/d")]
    [InlineData("postgres://u:secret@h:65536/d")]
    [InlineData("postgres://u:secret@h:x/d")]
    public void What_is_no_address_is_refused_without_repeating_a_password(string text)
    {
        var wrong = Assert.Throws<StoreException>(() => StoreAddress.Parse(text));

        Assert.EndsWith(".", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", wrong.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_can_stand_in_a_file_of_its_own()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "hush@/:\n");
            var address = StoreAddress.Parse($"postgres://trader:file:{file}@db/px");
            Assert.Equal(("hush@/:", "db", "px"), (address.Password, address.Host, address.Database));
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Equal($"The store's password cannot be read from the file {file}.", Assert.Throws<StoreException>(() => StoreAddress.Parse($"postgres://t:file:{file}@db/px")).Message);
    }

    [Fact]
    public void Nobody_is_told_the_password()
    {
        var address = StoreAddress.Parse("postgres://trader:secret@127.0.0.1:1/px");
        using var store = Store.Open(address);

        var wrong = Assert.ThrowsAny<DbException>(store.Migrate);

        Assert.Equal("postgres://trader@127.0.0.1:1/px", address.ToString());
        Assert.StartsWith("PostgreSQL postgres://trader@127.0.0.1:1/px cannot be reached: ", store.Describe(wrong), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", wrong + store.Describe(wrong), StringComparison.Ordinal);
    }
}

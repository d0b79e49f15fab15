using System.Text.Json.Nodes;
using Parallax.Venues.Keys;

namespace Parallax.Venues.Tests.Keys;

public sealed class KeyVaultTests : IDisposable
{
    private const string Passphrase = "a long enough phrase";

    private static readonly VenueKey Key = new("canary-key-77a1", "canary-secret-9c3e/+=");
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, 123, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-keys-").FullName;

    private string File => Path.Combine(_folder, "private", "keys.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_key_comes_back_with_the_passphrase_and_only_so()
    {
        Add("main");

        using (var vault = KeyVault.Unlock(File, Passphrase))
        {
            Assert.Equal(Key, vault.Find("main"));
            Assert.Null(vault.Find("other"));
        }

        var wrong = Assert.Throws<KeyVaultException>(() => KeyVault.Unlock(File, Passphrase + "."));
        Assert.Equal($"The passphrase does not open {File}.", wrong.Message);
    }

    [Fact]
    public void Without_the_passphrase_names_can_be_read_and_nothing_else()
    {
        Add("main");

        Assert.Equal([new StoredKey("main", "kraken", Now)], KeyVault.List(File));
        var bytes = System.IO.File.ReadAllText(File);
        Assert.DoesNotContain("canary", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Key.Secret))[..8], bytes, StringComparison.Ordinal);
        Assert.DoesNotContain(Passphrase, bytes, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_key_sealed_twice_looks_different()
    {
        Add("one");
        using (var vault = KeyVault.Unlock(File, Passphrase))
        {
            vault.Add("two", "kraken", Key, Now);
        }

        var keys = Json()["keys"]!.AsArray();
        Assert.NotEqual(keys[0]!["sealed"]!.ToJsonString(), keys[1]!["sealed"]!.ToJsonString());
    }

    [Theory]
    [InlineData("name", "other")]
    [InlineData("venue", "binance")]
    [InlineData("added", "2026-11-20T12:00:00+00:00")]
    public void What_stands_beside_a_sealed_key_cannot_be_changed_unnoticed(string field, string text)
    {
        Add("main");
        Change(file => file["keys"]![0]![field] = text);

        using var vault = KeyVault.Unlock(File, Passphrase);
        var wrong = Assert.Throws<KeyVaultException>(() => vault.Find(field == "name" ? text : "main"));
        Assert.Contains("was changed after it was sealed", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_sealed_keys_cannot_be_exchanged()
    {
        Add("one");
        using (var vault = KeyVault.Unlock(File, Passphrase))
        {
            vault.Add("two", "kraken", Key with { Key = "another" }, Now);
        }

        Change(file =>
        {
            var (one, two) = (file["keys"]![0]!["sealed"]!.DeepClone(), file["keys"]![1]!["sealed"]!.DeepClone());
            (file["keys"]![0]!["sealed"], file["keys"]![1]!["sealed"]) = (two, one);
        });

        using var changed = KeyVault.Unlock(File, Passphrase);
        Assert.Throws<KeyVaultException>(() => changed.Find("one"));
    }

    [Fact]
    public void A_name_stands_for_one_key()
    {
        Add("main");

        using var vault = KeyVault.Unlock(File, Passphrase);
        Assert.Contains("already", Assert.Throws<KeyVaultException>(() => vault.Add("main", "kraken", Key, Now)).Message, StringComparison.Ordinal);
        Assert.Throws<KeyVaultException>(() => vault.Add("Main Key", "kraken", Key, Now));
    }

    [Fact]
    public void A_key_is_removed_without_the_passphrase()
    {
        Add("main");

        Assert.False(KeyVault.Remove(File, "other"));
        Assert.True(KeyVault.Remove(File, "main"));
        Assert.Empty(KeyVault.List(File));
    }

    [Fact]
    public void A_vault_is_made_once_and_with_a_passphrase_worth_the_name()
    {
        Assert.Contains("10 characters or more; found 5", Assert.Throws<KeyVaultException>(() => KeyVault.Create(File, "short")).Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));
        KeyVault.Create(File, Passphrase).Dispose();
        Assert.Throws<KeyVaultException>(() => KeyVault.Create(File, Passphrase));
    }

    [Fact]
    public void Only_the_owner_may_read_the_file()
    {
        Add("main");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Contains($"chmod 600 {File}", Assert.Throws<KeyVaultException>(() => KeyVault.List(File)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1,2]")]
    [InlineData("{\"format\":\"parallax-keys\",\"version\":1}")]
    [InlineData("\u0000\u0001\u0002")]
    public void What_is_no_vault_is_told_in_one_sentence(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, text);
        Private();

        var wrong = Assert.Throws<KeyVaultException>(() => KeyVault.List(File));

        Assert.Contains(File, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', wrong.Message);
    }

    [Theory]
    [InlineData("version", 2, "newer Parallax")]
    [InlineData("version", 0, "its version is 1")]
    [InlineData("iterations", 1, "iterations are")]
    [InlineData("iterations", 2_000_000_000, "iterations are")]
    public void A_vault_of_other_terms_is_refused(string field, int value, string why)
    {
        Add("main");
        Change(file => file[field] = value);

        Assert.Contains(why, Assert.Throws<KeyVaultException>(() => KeyVault.Unlock(File, Passphrase)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_turns_a_key_into_text() => Assert.Equal("VenueKey ***", $"{Key}");

    [Fact]
    public void Any_flipped_byte_is_refused_or_harmless()
    {
        Add("main");
        var whole = System.IO.File.ReadAllBytes(File);
        var random = new Random(5);
        for (var i = 0; i < 300; i++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            System.IO.File.WriteAllBytes(File, bytes);
            try
            {
                // The passphrase costs half a second; what a listing accepts is told apart by the seal, which other tests hold.
                Assert.Single(KeyVault.List(File));
            }
            catch (KeyVaultException wrong)
            {
                Assert.DoesNotContain('\n', wrong.Message);
            }
        }
    }

    private void Add(string name)
    {
        // The fewest iterations a vault may have: every test opens one.
        using var vault = KeyVault.Create(File, Passphrase, new SealTerms(SealTerms.IterationsMin, new byte[SealTerms.SaltSize]));
        vault.Add(name, "kraken", Key, Now);
    }

    private JsonNode Json() => JsonNode.Parse(System.IO.File.ReadAllText(File))!;

    private void Change(Action<JsonNode> change)
    {
        var json = Json();
        change(json);
        System.IO.File.WriteAllText(File, json.ToJsonString());
        Private();
    }

    private void Private()
    {
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}

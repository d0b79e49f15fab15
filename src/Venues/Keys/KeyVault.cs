using System.Text.Json;

namespace Parallax.Venues.Keys;

/// <summary>Keys of venues in one file, each sealed with AES-256-GCM under a passphrase that stands nowhere.</summary>
/// <remarks>Names and venues can be read without the passphrase, so that keys can be listed and removed; they are bound to what is sealed.</remarks>
public sealed class KeyVault : IDisposable
{
    public const int PassphraseLengthMin = 10;

    private const string CheckLabel = $"{VaultFile.FormatName}/check";
    private const string CheckText = "opened";

    private readonly VaultSeal _seal;
    private VaultFile _file;

    private KeyVault(string path, VaultFile file, VaultSeal seal) => (Path, _file, _seal) = (path, file, seal);

    /// <summary>Where the vault is when nobody says otherwise: in the user's own folder for settings.</summary>
    public static string DefaultPath => System.IO.Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "parallax", "keys.json");

    public string Path { get; }

    public IReadOnlyList<StoredKey> Keys => [.. _file.Keys.Select(Stored)];

    /// <summary>What can be said without the passphrase.</summary>
    /// <exception cref="KeyVaultException">The file is missing, damaged, or open to others.</exception>
    public static IReadOnlyList<StoredKey> List(string path) => [.. VaultFile.Read(path).Keys.Select(Stored)];

    /// <summary>Makes an empty vault.</summary>
    /// <exception cref="KeyVaultException">There is one already, the passphrase is too short, or the file cannot be written.</exception>
    public static KeyVault Create(string path, ReadOnlySpan<char> passphrase) => Create(path, passphrase, SealTerms.New());

    internal static KeyVault Create(string path, ReadOnlySpan<char> passphrase, SealTerms terms)
    {
        if (File.Exists(path))
        {
            throw new KeyVaultException($"There is a key vault {path} already.");
        }

        if (passphrase.Length < PassphraseLengthMin)
        {
            throw new KeyVaultException($"A passphrase has {PassphraseLengthMin} characters or more; found {passphrase.Length}.");
        }

        var seal = new VaultSeal(terms, passphrase);
        var file = new VaultFile
        {
            Format = VaultFile.FormatName,
            Version = VaultFile.VersionKnown,
            Iterations = terms.Iterations,
            Salt = terms.Salt,
            Check = seal.Seal(CheckLabel, CheckText),
            Keys = [],
        };
        file.Write(path);
        return new KeyVault(path, file, seal);
    }

    /// <exception cref="KeyVaultException">The file cannot be used, or the passphrase is another.</exception>
    public static KeyVault Unlock(string path, ReadOnlySpan<char> passphrase)
    {
        var file = VaultFile.Read(path);
        var seal = new VaultSeal(new SealTerms(file.Iterations, file.Salt), passphrase);
        if (seal.TryOpen(CheckLabel, file.Check, out var text) && text == CheckText)
        {
            return new KeyVault(path, file, seal);
        }

        seal.Dispose();
        throw new KeyVaultException($"The passphrase does not open {path}.");
    }

    /// <summary>Removes a key; needs no passphrase, as whoever may write the file could delete it.</summary>
    /// <returns><see langword="false"/> when there is none of that name.</returns>
    /// <exception cref="KeyVaultException">The file cannot be used or written.</exception>
    public static bool Remove(string path, string name)
    {
        var file = VaultFile.Read(path);
        var left = file.Keys.Where(key => key.Name != name).ToList();
        if (left.Count == file.Keys.Count)
        {
            return false;
        }

        (file with { Keys = left }).Write(path);
        return true;
    }

    public static bool IsName(string text) => text.Length is >= 1 and <= 40 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-');

    /// <exception cref="KeyVaultException">The name is taken or no name, or the file cannot be written.</exception>
    public void Add(string name, string venue, VenueKey key, DateTimeOffset now)
    {
        if (!IsName(name) || !IsName(venue))
        {
            throw new KeyVaultException($"Names are 1 to 40 of a-z 0-9 . _ -; found '{(IsName(name) ? venue : name)}'.");
        }

        if (_file.Keys.Any(other => other.Name == name))
        {
            throw new KeyVaultException($"There is a key '{name}' in {Path} already; remove it first, or choose another name.");
        }

        var whole = now.ToUniversalTime();
        var stored = new StoredKey(name, venue, whole);
        var text = JsonSerializer.Serialize(new[] { key.Key, key.Secret });
        var file = _file with { Keys = [.. _file.Keys, new VaultFile.Entry(name, venue, whole, _seal.Seal(Label(stored), text))] };
        file.Write(Path);
        _file = file;
    }

    /// <returns><see langword="null"/> when there is none of that name.</returns>
    /// <exception cref="KeyVaultException">The entry was changed by someone who has not the passphrase.</exception>
    public VenueKey? Find(string name)
    {
        if (_file.Keys.FirstOrDefault(key => key.Name == name) is not { } entry)
        {
            return null;
        }

        return _seal.TryOpen(Label(Stored(entry)), entry.Sealed, out var text) && JsonSerializer.Deserialize<string[]>(text) is [var key, var secret]
            ? new VenueKey(key, secret)
            : throw new KeyVaultException($"The key '{name}' in {Path} was changed after it was sealed; remove it and add it anew.");
    }

    /// <summary>Forgets the passphrase's key.</summary>
    public void Dispose() => _seal.Dispose();

    private static StoredKey Stored(VaultFile.Entry entry) => new(entry.Name, entry.Venue, entry.Added);

    private static string Label(StoredKey key) => FormattableString.Invariant($"{VaultFile.FormatName}/{VaultFile.VersionKnown}/{key.Venue}/{key.Name}/{key.AddedTime.UtcTicks}");
}

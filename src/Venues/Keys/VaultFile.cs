using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parallax.Venues.Keys;

/// <summary>What stands in a vault's file. Byte for byte: docs/concepts/keys.md.</summary>
internal sealed record VaultFile
{
    public const string FormatName = "parallax-keys";
    public const int VersionKnown = 1;

    /// <summary>A key takes some 400 bytes; whoever has more than a thousand keys has another problem.</summary>
    private const int SizeMax = 1 << 20;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        MaxDepth = 8,
        WriteIndented = true,
    };

    public required string Format { get; init; }

    public required int Version { get; init; }

    public required int Iterations { get; init; }

    public required byte[] Salt { get; init; }

    /// <summary>A known text: tells a wrong passphrase from a changed entry.</summary>
    public required SealedText Check { get; init; }

    public required IReadOnlyList<Entry> Keys { get; init; }

    /// <exception cref="KeyVaultException">The file is not there, not ours alone to read, or not a vault.</exception>
    public static VaultFile Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > SizeMax })
            {
                throw new KeyVaultException($"{path} is no key vault: it is larger than {SizeMax >> 10} KiB.");
            }

            PrivateFile.RequirePrivate(path);
            return JsonSerializer.Deserialize<VaultFile>(File.ReadAllBytes(path), Options)?.Validated(path)
                ?? throw new KeyVaultException($"{path} is no key vault: it holds null.");
        }
        catch (FileNotFoundException wrong)
        {
            throw new KeyVaultException($"There is no key vault {path}; 'parallax keys add' makes one.", wrong);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new KeyVaultException($"The key vault {path} cannot be read: {wrong.Message}", wrong);
        }
        catch (Exception wrong) when (wrong is JsonException or DecoderFallbackException or NotSupportedException)
        {
            throw new KeyVaultException($"{path} is no key vault: {(wrong is JsonException json ? $"line {json.LineNumber + 1} is not what it should be" : "it is not text")}.", wrong);
        }
    }

    /// <exception cref="KeyVaultException">The file cannot be written; what was there before is there still.</exception>
    public void Write(string path)
    {
        try
        {
            PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, Options));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new KeyVaultException($"The key vault {path} cannot be written: {wrong.Message}", wrong);
        }
    }

    private VaultFile Validated(string path)
    {
        Require(Format == FormatName, $"its format is '{FormatName}'");
        if (Version > VersionKnown)
        {
            throw new KeyVaultException($"{path} was written by a newer Parallax: its version is {Version}, this one knows {VersionKnown}.");
        }

        Require(Version == VersionKnown, $"its version is {VersionKnown}");
        Require(Iterations is >= SealTerms.IterationsMin and <= SealTerms.IterationsMax, $"iterations are {SealTerms.IterationsMin} to {SealTerms.IterationsMax}");
        Require(Salt.Length == SealTerms.SaltSize, $"the salt has {SealTerms.SaltSize} bytes");
        Require(IsSealed(Check) && Keys.All(key => IsSealed(key.Sealed)), "a sealed text has a nonce of 12 bytes and a tag of 16");
        Require(Keys.All(key => KeyVault.IsName(key.Name) && KeyVault.IsName(key.Venue)), "names are 1 to 40 of a-z 0-9 . _ -");
        Require(Keys.Select(key => key.Name).Distinct(StringComparer.Ordinal).Count() == Keys.Count, "every name stands once");
        return this;

        void Require(bool holds, string rule)
        {
            if (!holds)
            {
                throw new KeyVaultException($"{path} is no key vault that this version can use: {rule}.");
            }
        }
    }

    private static bool IsSealed(SealedText text) => text is { Nonce.Length: VaultSeal.NonceSize, Tag.Length: VaultSeal.TagSize };

    internal sealed record Entry(string Name, string Venue, DateTimeOffset Added, SealedText Sealed);
}

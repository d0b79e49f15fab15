using System.Security.Cryptography;
using System.Text;

namespace Parallax.Venues.Keys;

/// <summary>How a passphrase becomes a key.</summary>
/// <param name="Iterations">Of PBKDF2 with HMAC-SHA-512.</param>
internal sealed record SealTerms(int Iterations, byte[] Salt)
{
    /// <summary>Half a second on a small machine; above the 210,000 of OWASP's password storage cheat sheet (2023).</summary>
    public const int IterationsDefault = 600_000;

    public const int IterationsMin = 100_000;

    /// <summary>A file that asks for more wants to keep the machine busy, not to be safe.</summary>
    public const int IterationsMax = 20_000_000;

    public const int SaltSize = 16;

    public static SealTerms New() => new(IterationsDefault, RandomNumberGenerator.GetBytes(SaltSize));
}

/// <summary>A sealed text: who does not hold the key learns its length and nothing else, and cannot change it unnoticed.</summary>
internal sealed record SealedText(byte[] Nonce, byte[] Tag, byte[] Bytes);

/// <summary>Seals and opens texts with AES-256-GCM under a key made from a passphrase. Forgets the key when disposed.</summary>
internal sealed class VaultSeal : IDisposable
{
    public const int NonceSize = 12;
    public const int TagSize = 16;

    private readonly byte[] _key;
    private readonly AesGcm _aes;

    public VaultSeal(SealTerms terms, ReadOnlySpan<char> passphrase)
    {
        _key = Rfc2898DeriveBytes.Pbkdf2(passphrase, terms.Salt, terms.Iterations, HashAlgorithmName.SHA512, 32);
        _aes = new AesGcm(_key, TagSize);
    }

    /// <param name="label">What the text is: the same has to be said to open it, so that sealed texts cannot be exchanged for each other.</param>
    public SealedText Seal(string label, string text)
    {
        var (nonce, tag, plain) = (RandomNumberGenerator.GetBytes(NonceSize), new byte[TagSize], Encoding.UTF8.GetBytes(text));
        var bytes = new byte[plain.Length];
        _aes.Encrypt(nonce, plain, bytes, tag, Encoding.UTF8.GetBytes(label));
        CryptographicOperations.ZeroMemory(plain);
        return new SealedText(nonce, tag, bytes);
    }

    /// <returns><see langword="false"/> when the passphrase was another, or label or text were changed.</returns>
    public bool TryOpen(string label, SealedText @sealed, out string text)
    {
        var plain = new byte[@sealed.Bytes.Length];
        try
        {
            _aes.Decrypt(@sealed.Nonce, @sealed.Bytes, @sealed.Tag, plain, Encoding.UTF8.GetBytes(label));
            text = Encoding.UTF8.GetString(plain);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            text = "";
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    public void Dispose()
    {
        _aes.Dispose();
        CryptographicOperations.ZeroMemory(_key);
    }
}

using System.Security.Cryptography;
using System.Text;

namespace Parallax.Venues.Kraken;

/// <summary>The signature of private REST requests.</summary>
/// <remarks>Venue page: https://docs.kraken.com/api/docs/guides/spot-rest-auth.</remarks>
public static class Signing
{
    /// <summary>
    /// <c>API-Sign</c>: Base64(HMAC-SHA512(secret, path ‖ SHA-256(nonce ‖ body))).
    /// </summary>
    /// <param name="secret">As the venue shows it: Base64.</param>
    /// <param name="path">Without host and query: <c>/0/private/AddOrder</c>.</param>
    /// <param name="nonce">Digits; the same that the body holds.</param>
    /// <param name="body">Exactly the bytes that are sent.</param>
    /// <exception cref="FormatException">The secret is not Base64.</exception>
    public static string ApiSign(string secret, string path, string nonce, ReadOnlySpan<byte> body)
    {
        using var inner = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        inner.AppendData(Encoding.UTF8.GetBytes(nonce));
        inner.AppendData(body);
        var key = Convert.FromBase64String(secret);
        try
        {
            using var outer = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA512, key);
            outer.AppendData(Encoding.UTF8.GetBytes(path));
            outer.AppendData(inner.GetHashAndReset());
            return Convert.ToBase64String(outer.GetHashAndReset());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}

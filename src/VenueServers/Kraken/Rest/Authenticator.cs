using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parallax.VenueServers.Kraken.Accounts;

namespace Parallax.VenueServers.Kraken.Rest;

/// <summary>Checks key, signature and nonce of a private request.</summary>
/// <remarks>
/// <c>API-Sign = Base64(HMAC-SHA512(secret, path + SHA256(nonce + body)))</c>. A request that fails does not use up its nonce: the
/// signature is checked first.
/// </remarks>
internal sealed class Authenticator(AccountBook accounts)
{
    /// <returns>Kraken's words for what is wrong; <see langword="null"/> when the account is who it says.</returns>
    public string? Check(RestRequest request, out Account? account)
    {
        account = accounts.ByKey(request.Key);
        if (account is null)
        {
            return "EAPI:Invalid key";
        }

        var text = request.Text("nonce");
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var nonce))
        {
            return "EAPI:Invalid nonce";
        }

        if (!IsSigned(request, text, account.Secret))
        {
            return "EAPI:Invalid signature";
        }

        if (nonce <= account.LastNonce)
        {
            return "EAPI:Invalid nonce";
        }

        account.LastNonce = nonce;
        return null;
    }

    /// <remarks>Compares in constant time: how long it takes must not tell how much of a guess was right.</remarks>
    internal static bool IsSigned(RestRequest request, string nonce, byte[] secret)
    {
        byte[] nonceAndBody = [.. Encoding.UTF8.GetBytes(nonce), .. request.Body];
        byte[] signed = [.. Encoding.UTF8.GetBytes(request.Path), .. SHA256.HashData(nonceAndBody)];
        var expected = HMACSHA512.HashData(secret, signed);
        var given = new byte[HMACSHA512.HashSizeInBytes];
        return Convert.TryFromBase64String(request.Signature ?? "", given, out var length)
            && length == given.Length
            && CryptographicOperations.FixedTimeEquals(expected, given);
    }
}

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
        if (account is null || account.IsRevoked)
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

        return IsFresh(account, nonce) ? null : "EAPI:Invalid nonce";
    }

    private static bool IsFresh(Account account, ulong nonce)
    {
        var oldest = account.LastNonce - Math.Min(account.NonceWindow, account.LastNonce);
        if (nonce <= account.LastNonce && (account.NonceWindow == 0 || nonce <= oldest || account.RecentNonces.Contains(nonce)))
        {
            return false;
        }

        account.LastNonce = Math.Max(account.LastNonce, nonce);
        account.RecentNonces.Add(nonce);
        while (account.RecentNonces.Min + account.NonceWindow <= account.LastNonce && account.RecentNonces.Count > 1)
        {
            account.RecentNonces.Remove(account.RecentNonces.Min);
        }

        return true;
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

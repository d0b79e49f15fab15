using System.Security.Cryptography;
using System.Text;

namespace Parallax.Dashboard.Access;

/// <summary>The secret that is printed at start: whoever has it operates the session.</summary>
/// <remarks>
/// Programs send it as a bearer token. A browser shows it once, as <c>/?token=…</c>, and gets a cookie for it. The cookie holds a value derived
/// from the token, because cookies of a loopback address go to every port of it: another server there must not learn the token itself.
/// </remarks>
public sealed class OperatorToken
{
    private readonly byte[] _token;
    private readonly byte[] _cookie;

    /// <exception cref="ArgumentException">Shorter than 16 characters.</exception>
    public OperatorToken(string token, int port)
    {
        if (token.Length < 16)
        {
            throw new ArgumentException($"An operator token has at least 16 characters; found {token.Length}.", nameof(token));
        }

        _token = Encoding.UTF8.GetBytes(token);
        CookieValue = Convert.ToHexStringLower(HMACSHA256.HashData(_token, "parallax page"u8));
        _cookie = Encoding.UTF8.GetBytes(CookieValue);
        CookieName = $"parallax-{port}";
    }

    /// <summary>One cookie a port: two instances on one machine do not take each other's.</summary>
    public string CookieName { get; }

    public string CookieValue { get; }

    /// <summary>32 characters of chance: 192 bits.</summary>
    public static string New() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)).Replace('+', '-').Replace('/', '_');

    public bool Is(string? token) => Equal(token, _token);

    public bool IsCookie(string? value) => Equal(value, _cookie);

    private static bool Equal(string? shown, byte[] expected) =>
        shown is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), expected);
}

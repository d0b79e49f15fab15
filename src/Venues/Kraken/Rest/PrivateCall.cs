using System.Text;

namespace Parallax.Venues.Kraken.Rest;

/// <summary>A private method with its arguments, and what asking costs.</summary>
/// <param name="Cost">On the account's call counter.</param>
/// <param name="Arguments">In the order in which they are sent; the nonce comes before them.</param>
internal sealed record PrivateCall(string Method, decimal Cost, params (string Name, string Value)[] Arguments)
{
    /// <summary>Whether it may use the part of the budget that is kept.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>Whether it is of no use later: it is not asked rather than waited for.</summary>
    public bool IsNowOrNever { get; init; }

    /// <summary>Whether we can do without it: that the key may not ask it is no reason to stop.</summary>
    public bool IsOptional { get; init; }

    public string ContentType => "application/x-www-form-urlencoded";

    public string Body(string nonce)
    {
        var form = new StringBuilder($"nonce={nonce}");
        foreach (var (name, value) in Arguments)
        {
            form.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return form.ToString();
    }
}

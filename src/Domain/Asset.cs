namespace Parallax.Domain;

/// <summary>One currency or coin, by its common code: <c>BTC</c>, <c>USD</c>, <c>USDT</c>.</summary>
/// <remarks>USD, USDT, USDC and EUR are four assets; nothing converts between them without a price.</remarks>
public readonly record struct Asset : IComparable<Asset>
{
    private readonly string? _code;

    /// <param name="code">1 to 20 letters, digits, dots or dashes; case is kept as given.</param>
    /// <exception cref="ArgumentException">The code is empty, too long or has another character.</exception>
    public Asset(string code)
    {
        if (!IsCode(code))
        {
            throw new ArgumentException($"An asset code is 1 to 20 letters, digits, '.' or '-'; found \"{code}\".", nameof(code));
        }

        _code = code;
    }

    public string Code => _code ?? "?";

    public static bool IsCode(string? text) =>
        text is { Length: >= 1 and <= 20 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-');

    /// <summary>Ordinal order of the codes: the order in which assets are listed wherever order reaches an output.</summary>
    public int CompareTo(Asset other) => string.CompareOrdinal(Code, other.Code);

    /// <remarks>Codes are a few letters, and every balance is looked up by them: cheaper than the hash of any text.</remarks>
    public override int GetHashCode() => ShortText.Hash(_code);

    public override string ToString() => Code;
}

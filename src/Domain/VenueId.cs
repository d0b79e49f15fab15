namespace Parallax.Domain;

/// <summary>A place where orders go, by its short lower-case name: <c>kraken</c>, <c>binance-spot</c>.</summary>
public readonly record struct VenueId : IComparable<VenueId>
{
    private readonly string? _name;

    /// <exception cref="ArgumentException">The name is empty, longer than 32 or not lower-case letters, digits and dashes.</exception>
    public VenueId(string name)
    {
        if (name is not { Length: >= 1 and <= 32 } || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-'))
        {
            throw new ArgumentException($"A venue name is 1 to 32 lower-case letters, digits or dashes; found \"{name}\".", nameof(name));
        }

        _name = name;
    }

    public string Name => _name ?? "?";

    public int CompareTo(VenueId other) => string.CompareOrdinal(Name, other.Name);

    /// <remarks>As of <see cref="Asset"/>.</remarks>
    public override int GetHashCode() => ShortText.Hash(_name);

    public override string ToString() => Name;
}

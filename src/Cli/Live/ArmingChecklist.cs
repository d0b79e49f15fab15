using System.Text.Json;

namespace Parallax.Cli.Live;

/// <summary>What <c>/api/v1/control/checklist</c> says. A reading of our own: the session that answers may be of another version.</summary>
internal sealed record ArmingChecklist
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Whether orders of the session are real.</summary>
    public bool Real { get; init; }

    public IReadOnlyList<Item> Checks { get; init; } = [];

    /// <exception cref="JsonException">That is no checklist; an empty one of a session with real orders is none either.</exception>
    public static ArmingChecklist Parse(string json)
    {
        var list = JsonSerializer.Deserialize<ArmingChecklist>(json, Options) ?? throw new JsonException("null");
        return list is { Real: true, Checks.Count: 0 } ? throw new JsonException("no check was made.") : list;
    }

    public sealed record Item(string Name, bool Passed, string Sentence);
}

namespace Parallax;

/// <summary>Which planted fault is active. One at a time, for the whole process.</summary>
internal static class Mutation
{
    public static string? Active { get; set; }

    public static bool Is(string name) => Active == name;
}

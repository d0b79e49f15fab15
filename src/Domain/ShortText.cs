namespace Parallax.Domain;

/// <summary>Hashes for names of a few letters that we validated ourselves.</summary>
internal static class ShortText
{
    /// <summary>FNV-1a over the characters, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/</summary>
    public static int Hash(string? text)
    {
        const uint Offset = 2_166_136_261, Prime = 16_777_619;
        var hash = Offset;
        foreach (var character in text ?? "")
        {
            hash = (hash ^ character) * Prime;
        }

        return (int)hash;
    }
}

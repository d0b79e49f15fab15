using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Parallax.Storage.Migrations;

/// <summary>One numbered file of SQL: <c>0001-tables.sql</c>. Never changed once released; what is wrong is put right by the next one.</summary>
/// <param name="Checksum">SHA-256 of the text, 64 lower-case hexadecimal digits.</param>
internal sealed record Migration(int Version, string Name, string Text, string Checksum)
{
    public static IReadOnlyList<Migration> All { get; } = Load();

    /// <summary>The statements, one a command.</summary>
    public IEnumerable<string> Statements(string money) => Text
        .Split('\n')
        .Where(line => !line.StartsWith("--", StringComparison.Ordinal))
        .Aggregate(new StringBuilder(), (text, line) => text.Append(line).Append('\n'))
        .ToString()
        .Replace("{money}", money, StringComparison.Ordinal)
        .Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static Migration Of(string name, string text)
    {
        text = text.ReplaceLineEndings("\n");
        var version = int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture);
        return new(version, name, text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    private static List<Migration> Load()
    {
        var assembly = typeof(Migration).Assembly;
        var all = new List<Migration>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            all.Add(Of(name, reader.ReadToEnd()));
        }

        return all;
    }
}

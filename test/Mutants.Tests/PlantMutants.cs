using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Copies sources and plants faults into the copy: each mutant replaces one passage by another that asks whether it is active.</summary>
public sealed class PlantMutants : Task
{
    [Required]
    public ITaskItem[] Sources { get; set; }

    [Required]
    public ITaskItem[] Mutants { get; set; }

    [Required]
    public string Target { get; set; }

    public override bool Execute()
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in Sources)
        {
            var name = source.GetMetadata("Room") + "/" + source.GetMetadata("RecursiveDir").Replace('\\', '/') + source.GetMetadata("Filename") + ".cs";
            texts[name] = File.ReadAllText(source.ItemSpec);
        }

        var planted = new List<string>();
        foreach (var mutant in Mutants)
        {
            // The file, a line "find", the passage, a line "plant", what stands there instead.
            var parts = File.ReadAllText(mutant.ItemSpec).Replace("\r\n", "\n").Split(new[] { "\n=== find\n", "\n=== plant\n" }, StringSplitOptions.None);
            var file = Line(parts[0], "file");
            string text;
            if (parts.Length == 3 && texts.TryGetValue(file, out text) && Occurs(text, parts[1]) == 1)
            {
                texts[file] = text.Replace(parts[1], parts[2].TrimEnd('\n') + "\n");
                planted.Add(mutant.GetMetadata("Filename"));
            }
        }

        // A passage that has changed is no reason for the build to fail: a test says so, by name.
        texts["Planted.cs"] = "namespace Parallax;\n\ninternal static class Planted\n{\n    public static readonly string[] Names = [\""
            + string.Join("\", \"", planted) + "\"];\n}\n";
        if (Directory.Exists(Target))
        {
            Directory.Delete(Target, true);
        }

        foreach (var text in texts)
        {
            var path = Path.Combine(Target, text.Key);
            Directory.CreateDirectory(Path.GetDirectoryName(path));
            File.WriteAllText(path, text.Value);
        }

        return true;
    }

    private static string Line(string head, string key)
    {
        foreach (var line in head.Split('\n'))
        {
            if (line.StartsWith(key + ": ", StringComparison.Ordinal))
            {
                return line.Substring(key.Length + 2).Trim();
            }
        }

        return "";
    }

    private static int Occurs(string text, string passage)
    {
        var count = 0;
        for (var at = text.IndexOf(passage, StringComparison.Ordinal); at >= 0; at = text.IndexOf(passage, at + 1, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }
}

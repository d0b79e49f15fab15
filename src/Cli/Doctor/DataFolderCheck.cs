using System.Diagnostics;
using System.Globalization;
using Parallax.Cli.Instance;
using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Files;

namespace Parallax.Cli.Doctor;

/// <summary>What an earlier session left: its journal's end, its writer's lock, its instance file, and a stop that still stands.</summary>
public sealed class DataFolderCheck : ICheck
{
    private const string Name = "data";

    public Task<IReadOnlyList<Finding>> RunAsync(Surroundings surroundings, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var folder = surroundings.DataFolder;
        if (surroundings.Instance is { } running)
        {
            findings.Add(Finding.Ok(Name, $"A {running.Mode} session runs in {folder} (process {running.Pid})."));
        }
        else if (RunningInstance.Read(folder) is { } stale)
        {
            findings.Add(Finding.Warn(Name, $"The {stale.Mode} session of process {stale.Pid} ended without cleaning up.", "nothing; the next start goes on where it stopped"));
        }

        var kill = new KillFile(folder);
        if (kill.ReadReason() is { } reason)
        {
            findings.Add(Finding.Warn(Name, $"{kill.Path} keeps sessions from opening plans: {reason}", "when the reason is gone: parallax resume --data FOLDER --reason …"));
        }

        var journal = Path.Combine(folder, "journal");
        findings.Add(surroundings.Instance is null && Holder(journal) is { } holder
            ? Finding.Fail(Name, $"The journal {journal} is held by process {holder}, which is no session that can be asked.", "end that process, or choose another folder: --data")
            : Journal(journal, surroundings.Instance is not null, cancellation));
        return Task.FromResult<IReadOnlyList<Finding>>(findings);
    }

    private static Finding Journal(string journal, bool isRunning, CancellationToken cancellation)
    {
        var last = Directory.Exists(journal) ? Directory.EnumerateFiles(journal, "*.journal").Max(StringComparer.Ordinal) : null;
        if (last is null)
        {
            return Finding.Ok(Name, $"No journal in {Path.GetDirectoryName(journal)} yet; the first session begins one.");
        }

        if (isRunning)
        {
            // Its end is being written; whatever it looks like now is no finding.
            return Finding.Ok(Name, $"The journal {journal} is being written.");
        }

        try
        {
            var report = JournalCheck.Run(last, null, cancellation);
            var end = report.LastReceivedTime is { } time ? $", up to {new UtcNanos(time).ToString()[..19]} UTC" : "";
            return report switch
            {
                { Damage: { } damage } => Finding.Fail(Name, damage.Message, $"keep it as it is, and start in another folder; 'parallax journal verify {journal}' tells how much of it is sound"),
                { TornTail: { } torn } => Finding.Warn(Name, $"The journal's last record is half written ({torn}).", "nothing; the next start cuts it off and goes on"),
                _ => Finding.Ok(Name, $"The journal's last segment is sound: {report.Records.ToString("N0", CultureInfo.InvariantCulture)} records{end}."),
            };
        }
        catch (RecordFileException wrong)
        {
            return Finding.Fail(Name, wrong.Message, $"look at it with 'parallax journal verify {journal}', or start in another folder");
        }
    }

    /// <returns>The process that writes the journal; null when none does. A number that a crash left behind belongs to nobody.</returns>
    private static int? Holder(string journal)
    {
        try
        {
            var pid = int.Parse(File.ReadAllText(Path.Combine(journal, "writer.pid")), NumberStyles.None, CultureInfo.InvariantCulture);
            using var process = Process.GetProcessById(pid);
            return process.HasExited || pid == Environment.ProcessId ? null : pid;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or FormatException or OverflowException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}

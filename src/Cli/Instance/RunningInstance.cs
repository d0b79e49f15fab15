using System.Text.Json;
using System.Text.Json.Nodes;
using Parallax.Journal.Files;

namespace Parallax.Cli.Instance;

/// <summary>A session that runs in some process of this machine, as its data folder tells: how <c>status</c>, <c>kill</c> and <c>resume</c> find it.</summary>
/// <param name="Pid">Of the process.</param>
/// <param name="Process">The process's name: a number is given to another process one day.</param>
/// <param name="StartedTime">When the session began.</param>
/// <param name="Address">Of its page and API, such as <c>http://127.0.0.1:9090</c>.</param>
/// <param name="Mode"><c>demo</c>, <c>paper</c>, <c>live</c>.</param>
/// <param name="DataFolder">Full path.</param>
/// <param name="TokenFile">Full path of the file with what a request must carry to change anything; only its owner can read it.</param>
public sealed record RunningInstance(int Pid, string Process, DateTimeOffset StartedTime, Uri Address, string Mode, string DataFolder, string TokenFile)
{
    /// <summary>Where data folders are when nobody says otherwise: <c>parallax-data/demo</c>, <c>parallax-data/paper</c>.</summary>
    public const string Root = "parallax-data";

    internal const string FileName = "instance.json";

    internal const string TokenFileName = "token";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Tells the verbs of other processes about this one, until disposed.</summary>
    /// <param name="token">What a request must carry to change anything.</param>
    /// <exception cref="UserErrorException">Another session runs in that folder.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static InstanceFiles Write(string dataFolder, Uri address, string mode, string token, TimeProvider time)
    {
        var folder = Path.GetFullPath(dataFolder);
        Directory.CreateDirectory(folder);
        if (Read(folder) is { IsRunning: true } other && other.Pid != Environment.ProcessId)
        {
            throw new UserErrorException(
                $"A {other.Mode} session of process {other.Pid} runs in {folder} already; give this one a folder of its own with --data.", ExitCodes.RefusedForSafety);
        }

        using var self = System.Diagnostics.Process.GetCurrentProcess();
        var instance = new RunningInstance(
            Environment.ProcessId, self.ProcessName, time.GetUtcNow(), address, mode, folder, Path.Combine(folder, TokenFileName));

        // The token first: whoever finds the instance finds its token.
        WholeFile.Write(instance.TokenFile, token + "\n", isPrivate: true);
        WholeFile.Write(Path.Combine(folder, FileName), instance.ToJson().ToJsonString(Indented) + "\n", isPrivate: false);
        return new InstanceFiles(instance);
    }

    /// <summary>The instance of one data folder, running or left behind.</summary>
    /// <returns>Null when there is none, or what stands there cannot be understood.</returns>
    public static RunningInstance? Read(string dataFolder)
    {
        try
        {
            var folder = Path.GetFullPath(dataFolder);
            using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, FileName)));
            var root = json.RootElement;
            return new RunningInstance(
                root.GetProperty("pid").GetInt32(),
                root.GetProperty("process").GetString()!,
                root.GetProperty("started").GetDateTimeOffset(),
                new Uri(root.GetProperty("address").GetString()!),
                root.GetProperty("mode").GetString()!,
                folder,
                Path.Combine(folder, root.GetProperty("token_file").GetString()!));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException
            or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The running instance that began last, of the folders given.</summary>
    /// <returns>Null when none runs.</returns>
    public static RunningInstance? Find(IEnumerable<string> dataFolders) =>
        dataFolders.Select(Read).OfType<RunningInstance>().Where(instance => instance.IsRunning).MaxBy(instance => instance.StartedTime);

    /// <summary>Every folder of a mode below a root; none when there is no root.</summary>
    public static IEnumerable<string> FoldersIn(string root) => Directory.Exists(root) ? Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal) : [];

    /// <summary>Whether its process is still there. A process that ended without cleaning up left a file that says otherwise.</summary>
    /// <remarks>
    /// Judged by number and name, not by the time the process began, which moves with the wall clock: to miss a session that runs is worse
    /// than to take another process for one, which does not answer and so is found out.
    /// </remarks>
    public bool IsRunning
    {
        get
        {
            try
            {
                using var process = System.Diagnostics.Process.GetProcessById(Pid);
                return !process.HasExited && process.ProcessName == Process;
            }
            catch (Exception wrong) when (wrong is ArgumentException or InvalidOperationException)
            {
                return false;
            }
        }
    }

    /// <returns>Null when the file is gone or not ours to read.</returns>
    public string? ReadToken()
    {
        try
        {
            return File.ReadAllText(TokenFile).Trim();
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private JsonObject ToJson() => new()
    {
        ["pid"] = Pid,
        ["process"] = Process,
        ["started"] = StartedTime,
        ["address"] = Address.GetLeftPart(UriPartial.Authority),
        ["mode"] = Mode,
        ["token_file"] = Path.GetFileName(TokenFile),
    };
}

/// <summary>The files of a running session; they go when it ends in order.</summary>
public sealed class InstanceFiles(RunningInstance instance) : IDisposable
{
    public RunningInstance Instance { get; } = instance;

    public void Dispose()
    {
        // The instance first: as long as it can be found its token can.
        WholeFile.Delete(Path.Combine(Instance.DataFolder, RunningInstance.FileName));
        WholeFile.Delete(Instance.TokenFile);
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using Parallax.Cli.Instance;

namespace Parallax.Cli.Tests.Instance;

public sealed class RunningInstanceTests : IDisposable
{
    private static readonly Uri Address = new("http://127.0.0.1:9090");

    private readonly string _root = Directory.CreateTempSubdirectory("parallax-instance-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_session_is_found_while_it_runs_and_leaves_nothing_behind()
    {
        var folder = Folder("demo");
        using (RunningInstance.Write(folder, Address, "demo", "the-token-of-this-run", TimeProvider.System))
        {
            var found = RunningInstance.Find([Folder("paper"), folder])!;

            Assert.Equal(Environment.ProcessId, found.Pid);
            Assert.Equal(Address, found.Address);
            Assert.Equal("demo", found.Mode);
            Assert.Equal(folder, found.DataFolder);
            Assert.Equal("the-token-of-this-run", found.ReadToken());
        }

        Assert.Null(RunningInstance.Find([folder]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void Only_its_owner_can_read_the_token_even_where_an_open_file_stood()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Folder("demo");
        Directory.CreateDirectory(folder);
        var token = Path.Combine(folder, "token");
        File.WriteAllText(token, "old");
        File.SetUnixFileMode(token, (UnixFileMode)0x1FF);

        using var files = RunningInstance.Write(folder, Address, "demo", "secret", TimeProvider.System);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(token));
        Assert.DoesNotContain("secret", File.ReadAllText(Path.Combine(folder, "instance.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_of_several_is_found()
    {
        var start = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        using var older = RunningInstance.Write(Folder("demo"), Address, "demo", "a", new At(start));
        using var newer = RunningInstance.Write(Folder("paper"), Address, "paper", "b", new At(start.AddSeconds(1)));

        Assert.Equal("paper", RunningInstance.Find(RunningInstance.FoldersIn(_root))!.Mode);
    }

    [Fact]
    public void What_a_process_that_is_gone_left_behind_is_no_instance()
    {
        using var gone = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true, UseShellExecute = false })!;
        gone.WaitForExit();

        Assert.False(Edited("pid", gone.Id).IsRunning);
    }

    [Fact]
    public void Another_process_with_the_same_number_is_no_instance() => Assert.False(Edited("process", "another-program").IsRunning);

    [Fact]
    public void A_second_session_in_the_same_folder_is_refused()
    {
        var folder = Folder("demo");
        using var files = RunningInstance.Write(folder, Address, "demo", "a", TimeProvider.System);
        using var other = Process.Start(new ProcessStartInfo("sleep", "600"))!;
        try
        {
            Edit(folder, "pid", other.Id);
            Edit(folder, "process", other.ProcessName);

            var wrong = Assert.Throws<UserErrorException>(() => RunningInstance.Write(folder, Address, "paper", "b", TimeProvider.System));

            Assert.Equal(ExitCodes.RefusedForSafety, wrong.ExitCode);
            Assert.Contains($"process {other.Id}", wrong.Message, StringComparison.Ordinal);
        }
        finally
        {
            other.Kill();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"pid\": ")]
    [InlineData("{\"pid\": \"one\"}")]
    [InlineData("[1]")]
    [InlineData("{\"pid\": 1, \"process\": \"p\", \"started\": \"2026-01-01T00:00:00Z\", \"address\": \"\", \"mode\": \"demo\", \"token_file\": \"t\"}")]
    public void A_file_that_is_half_written_or_nonsense_is_no_instance(string text)
    {
        Directory.CreateDirectory(Folder("demo"));
        File.WriteAllText(Path.Combine(Folder("demo"), "instance.json"), text);

        Assert.Null(RunningInstance.Read(Folder("demo")));
    }

    private string Folder(string mode) => Path.Combine(_root, mode);

    private RunningInstance Edited(string key, JsonNode value)
    {
        using var files = RunningInstance.Write(Folder("demo"), Address, "demo", "a", TimeProvider.System);
        Edit(Folder("demo"), key, value);
        return RunningInstance.Read(Folder("demo"))!;
    }

    private static void Edit(string folder, string key, JsonNode value)
    {
        var file = Path.Combine(folder, "instance.json");
        var json = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        json[key] = value;
        File.WriteAllText(file, json.ToJsonString());
    }

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

using Parallax.Cli.Config;

namespace Parallax.Cli.Tests.Config;

/// <summary>Secrets that were planted are looked for in everything that is printed.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Canary = "canary-5f1d9be07c";

    private readonly SettingsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Configurations => new(
        $"store: {{address: 'postgres://me:{Canary}@db/parallax'}}",
        $"store: {{address: 'postgres://me:{Canary}@db'}}",
        $"store: {{address: 'postgres://me:x@{Canary}@db:port/parallax'}}",
        $"store: {{address: 'postgres://me@db/parallax?password={Canary}'}}",
        $"store: {{address: 'postgres://me:a?{Canary}@db/parallax'}}",
        $"store: {{address: 'postgres://me:a/{Canary}@db/parallax'}}",
        $"store: {{address: 'mysql://me:{Canary}@db/parallax'}}",
        $"store: {{address: 'postgres://me@db/parallax', password: {Canary}}}",
        $"store: {{address: 'file:secret.txt', password: '{Canary} with a space'}}",
        $"store: {{address: 'postgres://me@db/parallax', password: 'file:secret.txt'}}",
        $"store: {{password: ['{Canary}', '{Canary}']}}",
        $"store: {{pasword: {Canary}}}",
        $"http: {{token: {Canary}}}",
        $"http: {{token: 'x {Canary}'}}",
        "http: {token: 'file:secret.txt'}",
        $"store: {{password: {Canary}\nhttp: {{token: {Canary}");

    [Theory]
    [MemberData(nameof(Configurations))]
    public async Task A_secret_appears_in_no_output(string yaml)
    {
        _folder.WriteSecret("secret.txt", $"\n  {Canary}\n");
        var file = _folder.Write("parallax.yaml", yaml);

        foreach (var verb in new string[][] { ["show", "--config"], ["show", "--json", "--config"], ["validate"], ["validate", "--json"] })
        {
            var run = await CommandLine.RunAsync(["config", .. verb, file]);

            Assert.NotEmpty(run.Output + run.Error);
            Assert.DoesNotContain(Canary, run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(Canary, run.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void A_secret_appears_in_no_text_of_the_settings(string yaml)
    {
        _folder.WriteSecret("secret.txt", Canary);
        var texts = new List<string?>();
        try
        {
            var settings = ParallaxSettings.Load(_folder.Sources(yaml));
            texts.AddRange([settings.ToString(), settings.Http.ToString(), settings.Store.ToString(), settings.Store.Shown, .. settings.Notes]);
        }
        catch (UserErrorException wrong)
        {
            texts.Add(wrong.ToString());
        }

        Assert.All(texts, text => Assert.DoesNotContain(Canary, text ?? "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_of_a_secret_is_read_beside_the_configuration_and_trimmed()
    {
        _folder.WriteSecret("secret.txt", $"\n  {Canary}\r\n");

        var settings = ParallaxSettings.Load(_folder.Sources("http: {token: 'file:secret.txt'}"));

        Assert.Equal(Canary, settings.Http.Token);
        Assert.Empty(settings.Notes);
    }

    [Fact]
    public void A_password_apart_becomes_part_of_the_address()
    {
        _folder.WriteSecret("secret.txt", "p@ss/word?");

        var settings = ParallaxSettings.Load(_folder.Sources("store: {address: 'postgres://me@db:5433/parallax', password: 'file:secret.txt'}"));

        Assert.Equal("postgres://me:p%40ss%2Fword%3F@db:5433/parallax", settings.Store.Address);
        Assert.Equal("postgres://me:••••@db:5433/parallax", settings.Store.Shown);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_that_others_can_read_is_remarked_on(UnixFileMode others)
    {
        var path = _folder.WriteSecret("secret.txt", Canary);
        SettingsFolder.Mode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);

        var note = Assert.Single(ParallaxSettings.Load(_folder.Sources("http: {token: 'file:secret.txt'}")).Notes);

        Assert.Contains($"chmod 600 {path}", note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_in_the_configuration_itself_is_remarked_on() =>
        Assert.Contains("file:PATH", Assert.Single(ParallaxSettings.Load(_folder.Sources($"http: {{token: {Canary}}}")).Notes), StringComparison.Ordinal);
}

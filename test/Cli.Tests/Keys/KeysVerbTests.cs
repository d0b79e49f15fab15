using System.CommandLine;
using Parallax.Cli.Keys;
using Parallax.Domain;
using Parallax.Venues.Keys;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Accounts;

namespace Parallax.Cli.Tests.Keys;

public sealed class KeysVerbTests : IDisposable
{
    private const string Passphrase = "correct horse battery";
    private const string ApiKey = "canary-key-1f2e3d4c";

    private static readonly string Secret = Convert.ToBase64String([.. Enumerable.Range(0, 64).Select(i => (byte)(i * 7))]);

    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-keys-").FullName;

    private string Vault => Path.Combine(_folder, "keys.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_key_is_typed_sealed_listed_and_removed()
    {
        var added = await RunAsync(Typed(ApiKey, Secret, Passphrase, Passphrase), "add", "--name", "main", "--vault", Vault);
        Assert.Equal((ExitCodes.Done, true), (added.ExitCode, added.Output.StartsWith($"The key 'main' is sealed in {Vault}.", StringComparison.Ordinal)));

        var listed = await RunAsync(Typed(), "list", "--vault", Vault);
        Assert.Contains("  main                 kraken       added ", listed.Output, StringComparison.Ordinal);

        var kept = await RunAsync(Typed("mian"), "remove", "main", "--vault", Vault);
        Assert.Equal(ExitCodes.RefusedForSafety, kept.ExitCode);
        Assert.Single(KeyVault.List(Vault));

        var removed = await RunAsync(Typed("main"), "remove", "main", "--vault", Vault);
        Assert.Equal(ExitCodes.Done, removed.ExitCode);
        Assert.Empty(KeyVault.List(Vault));
        Assert.All([added, listed, kept, removed], NothingSecret);
    }

    [Fact]
    public async Task A_second_key_needs_the_vaults_passphrase()
    {
        await RunAsync(Piped(ApiKey, Secret, Passphrase), "add", "--name", "one", "--vault", Vault);

        var wrong = await RunAsync(Piped(ApiKey, Secret, "another phrase"), "add", "--name", "two", "--vault", Vault);
        var right = await RunAsync(Piped(ApiKey, Secret, Passphrase), "add", "--name", "two", "--vault", Vault);

        wrong.IsOneSentence(ExitCodes.Failed, $"The passphrase does not open {Vault}.");
        Assert.Equal(ExitCodes.Done, right.ExitCode);
        Assert.Equal(["one", "two"], KeyVault.List(Vault).Select(key => key.Name));
        Assert.All([wrong, right], NothingSecret);
    }

    [Theory]
    [InlineData("that is too short to be one")]
    [InlineData("not base64 at all, not even close to it, no")]
    public async Task Swapped_or_cut_halves_are_told_before_the_venue_does(string secret)
    {
        var run = await RunAsync(Piped(ApiKey, secret, Passphrase), "add", "--vault", Vault);

        run.IsOneSentence(ExitCodes.Failed, "was it cut, or swapped with the API key?", "nothing is changed");
        Assert.DoesNotContain(secret, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Vault));
    }

    [Fact]
    public async Task Two_passphrases_that_differ_change_nothing()
    {
        var run = await RunAsync(Typed(ApiKey, Secret, Passphrase, Passphrase + "!"), "add", "--vault", Vault);

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("The two passphrases differ; nothing is changed.", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Vault));
        NothingSecret(run);
    }

    [Fact]
    public async Task No_argument_takes_a_key_or_a_secret()
    {
        Assert.All(["--key", "--api-key", "--secret", "--passphrase"], option =>
            Assert.DoesNotContain(KeysVerbs.Create(Piped()).Subcommands.SelectMany(verb => verb.Options), known => known.Name == option || known.Aliases.Contains(option)));
        var run = await RunAsync(Piped(), "add", "--vault", Vault);
        run.IsOneSentence(ExitCodes.Failed, "API key: nothing was typed");
    }

    [Theory]
    [InlineData(KrakenPermissions.Trading, ExitCodes.Done, "can query and trade, and cannot withdraw")]
    [InlineData(KrakenPermissions.Trading | KrakenPermissions.WithdrawFunds, ExitCodes.RefusedForSafety, "can withdraw funds. Parallax uses no such key")]
    [InlineData(KrakenPermissions.QueryFunds | KrakenPermissions.CreateWebSocketToken, ExitCodes.RefusedForSafety, "lacks query-open-trades, query-closed-trades, modify-trades, close-trades")]
    public async Task A_check_reads_the_keys_permissions_from_the_venue(KrakenPermissions permissions, int exitCode, string sentence)
    {
        await using var server = await KrakenServer.StartAsync(
            new KrakenServerOptions { MarketRate = 1, Accounts = [new KrakenAccount(ApiKey, Secret, permissions, new Dictionary<Asset, decimal>())] },
            TimeProvider.System,
            CancellationToken.None);
        await RunAsync(Piped(ApiKey, Secret, Passphrase), "add", "--vault", Vault);

        var run = await RunAsync(Piped(Passphrase), "check", "--vault", Vault, "--endpoint", server.Endpoint.ToString());
        var json = await RunAsync(Piped(Passphrase), "check", "--json", "--vault", Vault, "--endpoint", server.Endpoint.ToString());

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(sentence, run.Output, StringComparison.Ordinal);
        Assert.Equal(exitCode, json.ExitCode);
        Assert.Contains($"\"usable\": {(exitCode == ExitCodes.Done ? "true" : "false")}", json.Output, StringComparison.Ordinal);
        Assert.All([run, json], NothingSecret);
    }

    [Fact]
    public async Task A_key_the_venue_does_not_know_is_told_by_the_venues_word()
    {
        await using var server = await KrakenServer.StartAsync(new KrakenServerOptions { MarketRate = 1 }, TimeProvider.System, CancellationToken.None);
        await RunAsync(Piped(ApiKey, Secret, Passphrase), "add", "--vault", Vault);

        var run = await RunAsync(Piped(Passphrase), "check", "--vault", Vault, "--endpoint", server.Endpoint.ToString());

        run.IsOneSentence(ExitCodes.Failed, "EAPI:Invalid key");
        NothingSecret(run);
    }

    [Fact]
    public async Task Without_any_key_it_says_how_one_is_added()
    {
        var run = await RunAsync(Piped(), "check", "--vault", Vault);

        run.IsOneSentence(ExitCodes.Failed, "parallax keys add", "venues.kraken.api-key");
    }

    private static Typing Typed(params string[] lines) => new(isTerminal: true, lines);

    private static Typing Piped(params string[] lines) => new(isTerminal: false, lines);

    private static void NothingSecret(CommandLine.Run run) =>
        Assert.All([ApiKey, Secret, Passphrase], secret => Assert.DoesNotContain(secret, run.Output + run.Error, StringComparison.Ordinal));

    private static Task<CommandLine.Run> RunAsync(ITypedInput typed, params string[] args) => CommandLine.RunAsync(typed, ["keys", .. args]);
}

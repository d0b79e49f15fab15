using System.Text.RegularExpressions;
using Parallax.Testing;
using Parallax.Venues.Kraken;

namespace Parallax.Venues.Tests.Kraken;

/// <summary>Every error that the reference names has its line in the one table.</summary>
public sealed partial class ErrorListTests
{
    [SharedFact]
    public void Every_error_of_the_reference_is_mapped()
    {
        var texts = Listed(File.ReadAllText(SharedData.Path("venues", "kraken.md"))).Distinct().ToList();

        Assert.True(texts.Count >= 30, $"Only {texts.Count} were found.");
        Assert.DoesNotContain(texts, text => ErrorCodes.Classify(text) == ErrorClass.Unknown);
    }

    [Theory]
    [InlineData("EOrder:Insufficient funds", ErrorResponse.Refused, ErrorResponse.Refused)]
    [InlineData("EService:Deadline elapsed", ErrorResponse.Refused, ErrorResponse.Refused)]
    [InlineData("EOrder:Rate limit exceeded", ErrorResponse.RetryAfter, ErrorResponse.RetryAfter)]
    [InlineData("EAPI:Invalid nonce", ErrorResponse.RetryAfter, ErrorResponse.RetryAfter)]
    [InlineData("EService:Busy", ErrorResponse.OutcomeUnknown, ErrorResponse.OutcomeUnknown)]
    [InlineData("EAPI:Invalid key", ErrorResponse.HaltVenue, ErrorResponse.HaltVenue)]
    [InlineData("EGeneral:Temporary lockout", ErrorResponse.HaltVenue, ErrorResponse.HaltVenue)]
    [InlineData("ESomething:Nobody told us about", ErrorResponse.OutcomeUnknown, ErrorResponse.Refused)]
    public void An_error_asks_for_one_of_four_things_and_an_unlisted_one_leaves_a_placement_open(string text, ErrorResponse placement, ErrorResponse other)
    {
        Assert.Equal(placement, ErrorCodes.Respond(text, isPlacement: true));
        Assert.Equal(other, ErrorCodes.Respond(text, isPlacement: false));
    }

    /// <summary>Texts in backticks that begin like an error; in a list, a text without its beginning has that of the one before.</summary>
    private static IEnumerable<string> Listed(string reference)
    {
        foreach (var line in reference.Split('\n'))
        {
            var group = "";
            foreach (var quoted in Quoted().Matches(line).Select(match => match.Groups["text"].Value))
            {
                if (Coded().Match(quoted) is { Success: true } coded)
                {
                    group = coded.Value;
                }
                else if (group.Length == 0 || !line.StartsWith("| `E", StringComparison.Ordinal) || !char.IsUpper(quoted[0]) || !quoted.Contains(' ', StringComparison.Ordinal))
                {
                    continue;
                }

                var text = Coded().IsMatch(quoted) ? quoted : group + quoted;
                foreach (var one in text.Contains('/', StringComparison.Ordinal) ? Modes(text) : [text])
                {
                    yield return one.Replace("*", "anything", StringComparison.Ordinal).Replace("<unix ts>", "1741500000", StringComparison.Ordinal);
                }
            }
        }
    }

    /// <summary><c>Market in a/b/c mode</c> is three texts.</summary>
    private static IEnumerable<string> Modes(string text)
    {
        var words = text.Split(' ');
        var at = Array.FindIndex(words, word => word.Contains('/', StringComparison.Ordinal));
        return words[at].Split('/').Select(mode => string.Join(' ', [.. words[..at], mode, .. words[(at + 1)..]]));
    }

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex("^E[A-Z][A-Za-z]+:", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Coded();
}

using Parallax.Dashboard.Words;
using Parallax.Trading.Risk;

namespace Parallax.Dashboard.Tests;

public sealed class ReasonsTests
{
    public static TheoryData<RefusalReason> All => [.. Enum.GetValues<RefusalReason>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_refusal_has_words_of_its_own(RefusalReason reason)
    {
        var words = Reasons.OfRefusal(reason.Code(), 1m, 2m);

        Assert.DoesNotContain($"'{reason.Code()}'", words.Text, StringComparison.Ordinal);
        Assert.EndsWith(".", words.Text, StringComparison.Ordinal);
    }
}
